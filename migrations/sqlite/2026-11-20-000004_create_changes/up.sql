-- What changed, for every process that keeps a near cache. Triggers write it, so that no change can be forgotten, not
-- even one made by hand.
CREATE TABLE changes (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    at BIGINT NOT NULL,
    session_key TEXT,
    user_id BIGINT
);
CREATE INDEX changes_by_time ON changes (at);

-- When signing in last failed is part of what every page may show, so it is kept with the user.
ALTER TABLE users ADD COLUMN last_failure_at BIGINT;

CREATE TRIGGER users_tell_of_updates AFTER UPDATE ON users BEGIN
    INSERT INTO changes (at, user_id) VALUES (CAST(strftime('%s', 'now') AS INTEGER), NEW.id);
END;
CREATE TRIGGER users_tell_of_deletions AFTER DELETE ON users BEGIN
    INSERT INTO changes (at, user_id) VALUES (CAST(strftime('%s', 'now') AS INTEGER), OLD.id);
END;
CREATE TRIGGER ended_sessions_tell AFTER INSERT ON ended_sessions BEGIN
    INSERT INTO changes (at, session_key) VALUES (CAST(strftime('%s', 'now') AS INTEGER), NEW.key);
END;
CREATE TRIGGER embedded_sessions_tell_of_updates AFTER UPDATE OF state ON embedded_sessions BEGIN
    INSERT INTO changes (at, session_key) VALUES (CAST(strftime('%s', 'now') AS INTEGER), NEW.key);
END;
CREATE TRIGGER embedded_sessions_tell_of_deletions AFTER DELETE ON embedded_sessions BEGIN
    INSERT INTO changes (at, session_key) VALUES (CAST(strftime('%s', 'now') AS INTEGER), OLD.key);
END;
