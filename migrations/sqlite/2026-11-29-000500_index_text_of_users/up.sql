-- Every three letters in a row of a user's name, display name and address: a search finds a few users among millions.
CREATE VIRTUAL TABLE users_text USING fts5 (
    username, display_name, email, content = 'users', content_rowid = 'id', tokenize = 'trigram', detail = 'none', columnsize = 0
);
INSERT INTO users_text (users_text) VALUES ('rebuild');

CREATE TRIGGER users_are_indexed AFTER INSERT ON users BEGIN
    INSERT INTO users_text (rowid, username, display_name, email)
    VALUES (NEW.id, NEW.username, NEW.display_name, NEW.email);
END;
CREATE TRIGGER users_are_indexed_again AFTER UPDATE OF username, display_name, email ON users
WHEN OLD.username <> NEW.username OR OLD.display_name <> NEW.display_name OR OLD.email <> NEW.email BEGIN
    INSERT INTO users_text (users_text, rowid, username, display_name, email)
    VALUES ('delete', OLD.id, OLD.username, OLD.display_name, OLD.email);
    INSERT INTO users_text (rowid, username, display_name, email)
    VALUES (NEW.id, NEW.username, NEW.display_name, NEW.email);
END;
CREATE TRIGGER users_are_not_indexed AFTER DELETE ON users BEGIN
    INSERT INTO users_text (users_text, rowid, username, display_name, email)
    VALUES ('delete', OLD.id, OLD.username, OLD.display_name, OLD.email);
END;
