-- Posts are shown with their authors' names.
CREATE TRIGGER users_tell_of_names AFTER UPDATE OF display_name, username ON users
WHEN OLD.display_name <> NEW.display_name OR OLD.username <> NEW.username BEGIN
    INSERT INTO changes (at, topic) VALUES (CAST(strftime('%s', 'now') AS INTEGER), 'posts');
END;
