DROP TRIGGER audit_events_are_never_rewritten;
DROP INDEX audit_events_by_time;
DROP INDEX audit_events_by_actor;
DROP INDEX audit_events_by_event;
ALTER TABLE audit_events DROP COLUMN subject;
DROP TABLE group_members;
DROP TABLE group_permissions;
DROP TABLE groups;
ALTER TABLE changes DROP COLUMN topic;
