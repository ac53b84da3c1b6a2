-- Times are seconds since 1970-01-01 UTC.
-- AUTOINCREMENT: an id is never given twice, so a leftover session of a deleted user fits nobody.
CREATE TABLE users (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    username TEXT NOT NULL,
    username_key TEXT NOT NULL UNIQUE,
    email TEXT NOT NULL,
    email_key TEXT NOT NULL UNIQUE,
    display_name TEXT NOT NULL DEFAULT '',
    password_hash TEXT NOT NULL,
    password_changed_at BIGINT NOT NULL,
    language TEXT,
    theme TEXT NOT NULL DEFAULT 'auto',
    staff BOOLEAN NOT NULL DEFAULT FALSE,
    disabled BOOLEAN NOT NULL DEFAULT FALSE,
    epoch BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);
