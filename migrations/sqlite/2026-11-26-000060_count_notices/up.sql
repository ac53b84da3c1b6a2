-- Notices of the last hour. subject: a user by id, or the hash of an unverified mailbox, which any account may claim.
CREATE TABLE notices_sent (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    subject TEXT NOT NULL,
    notice TEXT NOT NULL,
    sent_at BIGINT NOT NULL
);
CREATE INDEX notices_sent_by_subject ON notices_sent (subject);
