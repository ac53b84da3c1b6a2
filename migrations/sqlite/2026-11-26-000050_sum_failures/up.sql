-- Wrong codes and passkeys; after a few of them the sign-in starts over.
ALTER TABLE stages ADD COLUMN failures INTEGER NOT NULL DEFAULT 0;

-- How often what an entry of the audit trail records has happened since. The entry itself is never rewritten.
-- source: event, account and client. at: that of the entry.
CREATE TABLE audit_repeats (
    event_id BIGINT NOT NULL PRIMARY KEY,
    source TEXT NOT NULL,
    at BIGINT NOT NULL,
    count BIGINT NOT NULL,
    last_at BIGINT NOT NULL
);
CREATE INDEX audit_repeats_by_source ON audit_repeats (source, at);
CREATE INDEX audit_repeats_by_time ON audit_repeats (at);
