-- Tokens that people make for their programs. `hash` is SHA-256: reading this table opens nothing.
-- AUTOINCREMENT: an id is never given twice, so what is remembered of a deleted token fits no other.
-- scope: what it may do, names with spaces between them. by_password: a program got it for a name and a password.
CREATE TABLE api_tokens (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    hash TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    scope TEXT NOT NULL,
    by_password BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT,
    last_used_at BIGINT
);
CREATE INDEX api_tokens_by_user ON api_tokens (user_id);

-- What a user's tokens may do is kept in memory with the user. The time of last use is not.
CREATE TRIGGER api_tokens_tell_of_new_ones AFTER INSERT ON api_tokens BEGIN
    INSERT INTO changes (at, user_id) VALUES (CAST(strftime('%s', 'now') AS INTEGER), NEW.user_id);
END;
CREATE TRIGGER api_tokens_tell_of_updates AFTER UPDATE OF scope, expires_at ON api_tokens BEGIN
    INSERT INTO changes (at, user_id) VALUES (CAST(strftime('%s', 'now') AS INTEGER), NEW.user_id);
END;
CREATE TRIGGER api_tokens_tell_of_deletions AFTER DELETE ON api_tokens BEGIN
    INSERT INTO changes (at, user_id) VALUES (CAST(strftime('%s', 'now') AS INTEGER), OLD.user_id);
END;
-- A token belongs to whom it was made for: whose it is may be remembered without end.
CREATE TRIGGER api_tokens_stay_with_their_users BEFORE UPDATE OF id, user_id, hash ON api_tokens BEGIN
    SELECT RAISE(ABORT, 'a token keeps its id, its user and its hash');
END;
