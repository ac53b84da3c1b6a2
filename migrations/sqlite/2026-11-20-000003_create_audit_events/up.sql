-- Append-only. No foreign keys: what happened stays true when the account is gone.
-- user_id: whose account it concerns; actor_id: who did it.
CREATE TABLE audit_events (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    at BIGINT NOT NULL,
    event TEXT NOT NULL,
    user_id BIGINT,
    actor_id BIGINT,
    address TEXT NOT NULL,
    device TEXT NOT NULL,
    request_id TEXT NOT NULL
);
CREATE INDEX audit_events_by_user ON audit_events (user_id, id);
CREATE INDEX audit_events_by_user_and_event ON audit_events (user_id, event, id);
