-- The trail is read by time, newest first. The id ends every index by itself.
DROP INDEX audit_events_by_user;
DROP INDEX audit_events_by_user_and_event;
DROP INDEX audit_events_by_event;
DROP INDEX audit_events_by_actor;
DROP INDEX audit_events_by_time;
CREATE INDEX audit_events_by_time ON audit_events (at);
CREATE INDEX audit_events_by_user ON audit_events (user_id, at) WHERE user_id IS NOT NULL;
CREATE INDEX audit_events_by_actor ON audit_events (actor_id, at) WHERE actor_id IS NOT NULL;
CREATE INDEX audit_events_by_event ON audit_events (event, at);
CREATE INDEX audit_events_of_sign_ins ON audit_events (user_id, at) WHERE event = 'signed_in';

CREATE INDEX users_by_name ON users (lower(username));
CREATE INDEX users_who_are_staff ON users (id) WHERE staff;
CREATE INDEX users_who_are_disabled ON users (id) WHERE disabled;
CREATE INDEX api_tokens_without_end ON api_tokens (id) WHERE by_password AND expires_at IS NULL;

-- What is deleted once it is over.
CREATE INDEX oidc_grants_to_delete ON oidc_grants (expires_at);
CREATE INDEX oidc_codes_to_delete ON oidc_codes (expires_at);
CREATE INDEX notices_sent_to_delete ON notices_sent (sent_at);
CREATE INDEX retired_names_to_delete ON retired_names (until);
CREATE INDEX form_answers_to_delete ON form_answers (expires_at);
CREATE INDEX upstream_attempts_to_delete ON upstream_attempts (expires_at);
CREATE INDEX upstream_arrivals_to_delete ON upstream_arrivals (expires_at);
CREATE INDEX upstream_sessions_to_delete ON upstream_sessions (expires_at);
CREATE INDEX upstream_logouts_to_delete ON upstream_logouts (expires_at);
CREATE INDEX password_links_to_delete ON password_links (expires_at);
