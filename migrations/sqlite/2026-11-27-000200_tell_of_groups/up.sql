-- A change of a group concerns its members alone. `topic` says everyone for processes that do not know the column.
ALTER TABLE changes ADD COLUMN group_id BIGINT;

DROP TRIGGER group_permissions_tell_of_additions;
DROP TRIGGER group_permissions_tell_of_removals;
DROP TRIGGER groups_tell_of_updates;
CREATE TRIGGER group_permissions_tell_of_additions AFTER INSERT ON group_permissions BEGIN
    INSERT INTO changes (at, topic, group_id) VALUES (CAST(strftime('%s', 'now') AS INTEGER), 'everyone', NEW.group_id);
END;
CREATE TRIGGER group_permissions_tell_of_removals AFTER DELETE ON group_permissions BEGIN
    INSERT INTO changes (at, topic, group_id) VALUES (CAST(strftime('%s', 'now') AS INTEGER), 'everyone', OLD.group_id);
END;
CREATE TRIGGER groups_tell_of_updates AFTER UPDATE ON groups BEGIN
    INSERT INTO changes (at, topic, group_id) VALUES (CAST(strftime('%s', 'now') AS INTEGER), 'everyone', NEW.id);
END;

-- A write that changes very many users sets a mark instead, which tells everyone at its end.
DROP TRIGGER users_tell_of_updates;
CREATE TRIGGER users_tell_of_updates AFTER UPDATE ON users
WHEN NOT EXISTS (SELECT 1 FROM marks WHERE name = 'everyone_told') BEGIN
    INSERT INTO changes (at, user_id) VALUES (CAST(strftime('%s', 'now') AS INTEGER), NEW.id);
END;
CREATE TRIGGER marks_tell_everyone AFTER DELETE ON marks WHEN OLD.name = 'everyone_told' BEGIN
    INSERT INTO changes (at, topic) VALUES (CAST(strftime('%s', 'now') AS INTEGER), 'everyone');
END;
