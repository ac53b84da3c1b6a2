DROP INDEX audit_events_by_event;
DROP INDEX audit_events_by_user_and_event;
DROP INDEX audit_events_on_others;
CREATE INDEX audit_events_by_event ON audit_events (event, at);
CREATE INDEX audit_events_by_actor ON audit_events (actor_id, at) WHERE actor_id IS NOT NULL;
