-- Access tokens are signed by keys that are derived from the secret key and these numbers; the keys themselves are kept
-- nowhere. The newest signs, it and the one before verify.
CREATE TABLE signing_keys (
    number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    created_at BIGINT NOT NULL
);
INSERT INTO signing_keys (created_at) VALUES (CAST(strftime('%s', 'now') AS INTEGER));
CREATE TRIGGER signing_keys_tell AFTER INSERT ON signing_keys BEGIN
    INSERT INTO changes (at, topic) VALUES (CAST(strftime('%s', 'now') AS INTEGER), 'signing_keys');
END;

-- The one refresh token of a session that is good now, as SHA-256.
-- generation: how many came before it. salt: what it was made from, beside the one before.
-- scope: what its access tokens may do at most, names with spaces between them.
CREATE TABLE refresh_tokens (
    session_key TEXT NOT NULL PRIMARY KEY,
    user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    generation BIGINT NOT NULL,
    hash TEXT NOT NULL,
    salt TEXT NOT NULL,
    scope TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX refresh_tokens_by_user ON refresh_tokens (user_id);
CREATE INDEX refresh_tokens_by_expiry ON refresh_tokens (expires_at);
