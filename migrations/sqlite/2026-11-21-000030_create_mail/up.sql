-- Mail that waits to be sent, sealed with a key that is not in this database. due_at: when it is tried next; while `lease`
-- says that somebody sends it, when that somebody is taken for dead.
CREATE TABLE outbox (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    message_id TEXT NOT NULL UNIQUE,
    sealed BLOB NOT NULL,
    created_at BIGINT NOT NULL,
    give_up_at BIGINT NOT NULL,
    attempts BIGINT NOT NULL DEFAULT 0,
    due_at BIGINT NOT NULL,
    lease TEXT
);
CREATE INDEX outbox_by_due ON outbox (due_at);

-- What a mailed link or a typed code opens, once. Of all three secrets only hashes are here: the link's, the code's (keyed),
-- and that of the cookie of the browser that asked. payload: a registration that waits for its address, which has no user yet.
CREATE TABLE mail_tokens (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    purpose TEXT NOT NULL,
    user_id BIGINT REFERENCES users (id) ON DELETE CASCADE,
    email TEXT NOT NULL,
    payload TEXT NOT NULL DEFAULT '',
    token_hash TEXT NOT NULL UNIQUE,
    request_hash TEXT,
    code_hash TEXT,
    wrong_codes BIGINT NOT NULL DEFAULT 0,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    UNIQUE (user_id, purpose)
);
CREATE INDEX mail_tokens_by_request ON mail_tokens (request_hash);
CREATE INDEX mail_tokens_by_expiry ON mail_tokens (expires_at);

-- When the address was shown to be the user's; never, if nobody asked.
ALTER TABLE users ADD COLUMN email_verified_at BIGINT;
