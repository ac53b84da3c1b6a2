-- A change of a group concerns its members alone. `topic` says everyone for processes that do not know the column.
ALTER TABLE changes ADD COLUMN group_id BIGINT;

-- tell_of_group(of): notes the group whose id the changed row has in column `of`.
CREATE FUNCTION tell_of_group() RETURNS TRIGGER LANGUAGE plpgsql AS $$
DECLARE
    of_group BIGINT := (CASE TG_OP WHEN 'DELETE' THEN to_jsonb(OLD) ELSE to_jsonb(NEW) END ->> TG_ARGV[0])::BIGINT;
BEGIN
    PERFORM take_turn_to_write();
    INSERT INTO changes (at, topic, group_id)
    VALUES (extract(epoch FROM clock_timestamp())::BIGINT, 'everyone', of_group);
    NOTIFY munjigi_changes;
    RETURN NULL;
END
$$;
DROP TRIGGER group_permissions_tell_of_additions ON group_permissions;
DROP TRIGGER group_permissions_tell_of_removals ON group_permissions;
DROP TRIGGER groups_tell_of_updates ON groups;
CREATE TRIGGER group_permissions_tell_of_additions AFTER INSERT ON group_permissions
FOR EACH ROW EXECUTE FUNCTION tell_of_group('group_id');
CREATE TRIGGER group_permissions_tell_of_removals AFTER DELETE ON group_permissions
FOR EACH ROW EXECUTE FUNCTION tell_of_group('group_id');
CREATE TRIGGER groups_tell_of_updates AFTER UPDATE ON groups
FOR EACH ROW EXECUTE FUNCTION tell_of_group('id');

-- A write that changes very many users sets a mark instead, which tells everyone at its end.
DROP TRIGGER users_tell_of_updates ON users;
CREATE TRIGGER users_tell_of_updates AFTER UPDATE ON users
FOR EACH ROW WHEN (current_setting('munjigi.everyone_told', TRUE) IS DISTINCT FROM 'on')
EXECUTE FUNCTION tell('user_id', 'id');
CREATE TRIGGER marks_tell_everyone AFTER DELETE ON marks
FOR EACH ROW WHEN (OLD.name = 'everyone_told') EXECUTE FUNCTION tell('topic', 'everyone');
