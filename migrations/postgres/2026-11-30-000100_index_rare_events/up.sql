-- Most entries are sign-ins and what people do to their own accounts. Only what is rarer has an index by event or actor.
DROP INDEX audit_events_by_event;
DROP INDEX audit_events_by_actor;
CREATE INDEX audit_events_by_event ON audit_events (event, at, id) WHERE event <> 'signed_in';
CREATE INDEX audit_events_by_user_and_event ON audit_events (user_id, event, at, id) WHERE event <> 'signed_in';
CREATE INDEX audit_events_on_others ON audit_events (actor_id, at, id) WHERE actor_id IS NOT NULL AND user_id IS DISTINCT FROM actor_id;
