-- version: grows with every edit, so that the second of two who edit at once is told.
CREATE TABLE posts (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    author_id BIGINT REFERENCES users (id) ON DELETE SET NULL,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1,
    created_at BIGINT NOT NULL,
    edited_at BIGINT
);
CREATE INDEX posts_by_author ON posts (author_id);

CREATE TRIGGER posts_tell_of_additions AFTER INSERT ON posts BEGIN
    INSERT INTO changes (at, topic) VALUES (CAST(strftime('%s', 'now') AS INTEGER), 'posts');
END;
CREATE TRIGGER posts_tell_of_updates AFTER UPDATE ON posts BEGIN
    INSERT INTO changes (at, topic) VALUES (CAST(strftime('%s', 'now') AS INTEGER), 'posts');
END;
CREATE TRIGGER posts_tell_of_removals AFTER DELETE ON posts BEGIN
    INSERT INTO changes (at, topic) VALUES (CAST(strftime('%s', 'now') AS INTEGER), 'posts');
END;

-- Posts are shown with their authors' names.
CREATE TRIGGER users_tell_of_names AFTER UPDATE OF display_name, username ON users
WHEN OLD.display_name <> NEW.display_name OR OLD.username <> NEW.username BEGIN
    INSERT INTO changes (at, topic) VALUES (CAST(strftime('%s', 'now') AS INTEGER), 'posts');
END;
