DROP TRIGGER marks_tell_everyone ON marks;
DROP TRIGGER users_tell_of_updates ON users;
CREATE TRIGGER users_tell_of_updates AFTER UPDATE ON users
FOR EACH ROW EXECUTE FUNCTION tell('user_id', 'id');
DROP TRIGGER groups_tell_of_updates ON groups;
DROP TRIGGER group_permissions_tell_of_removals ON group_permissions;
DROP TRIGGER group_permissions_tell_of_additions ON group_permissions;
CREATE TRIGGER group_permissions_tell_of_additions AFTER INSERT ON group_permissions
FOR EACH ROW EXECUTE FUNCTION tell('topic', 'everyone');
CREATE TRIGGER group_permissions_tell_of_removals AFTER DELETE ON group_permissions
FOR EACH ROW EXECUTE FUNCTION tell('topic', 'everyone');
CREATE TRIGGER groups_tell_of_updates AFTER UPDATE ON groups
FOR EACH ROW EXECUTE FUNCTION tell('topic', 'everyone');
DROP FUNCTION tell_of_group;
ALTER TABLE changes DROP COLUMN group_id;
