-- The embedded session store. `key` is the SHA-256 of the session id: reading this table opens nothing.
CREATE TABLE embedded_sessions (
    key TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    user_id BIGINT,
    state BYTEA NOT NULL,
    seen_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX embedded_sessions_by_user ON embedded_sessions (user_id, seen_at);
CREATE INDEX embedded_sessions_by_expiry ON embedded_sessions (expires_at);

-- Every end of a live session, kept until the session could not live any more anyway:
-- a store that loses its last writes cannot bring one back.
-- successor: the key under which the session goes on, when all that ended was its id.
CREATE TABLE ended_sessions (
    key TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    successor TEXT COLLATE "C",
    at BIGINT NOT NULL,
    until BIGINT NOT NULL
);
CREATE INDEX ended_sessions_by_until ON ended_sessions (until);
