DROP TRIGGER marks_tell_everyone;
DROP TRIGGER users_tell_of_updates;
CREATE TRIGGER users_tell_of_updates AFTER UPDATE ON users BEGIN
    INSERT INTO changes (at, user_id) VALUES (CAST(strftime('%s', 'now') AS INTEGER), NEW.id);
END;
DROP TRIGGER groups_tell_of_updates;
DROP TRIGGER group_permissions_tell_of_removals;
DROP TRIGGER group_permissions_tell_of_additions;
CREATE TRIGGER group_permissions_tell_of_additions AFTER INSERT ON group_permissions BEGIN
    INSERT INTO changes (at, topic) VALUES (CAST(strftime('%s', 'now') AS INTEGER), 'everyone');
END;
CREATE TRIGGER group_permissions_tell_of_removals AFTER DELETE ON group_permissions BEGIN
    INSERT INTO changes (at, topic) VALUES (CAST(strftime('%s', 'now') AS INTEGER), 'everyone');
END;
CREATE TRIGGER groups_tell_of_updates AFTER UPDATE ON groups BEGIN
    INSERT INTO changes (at, topic) VALUES (CAST(strftime('%s', 'now') AS INTEGER), 'everyone');
END;
ALTER TABLE changes DROP COLUMN group_id;
