-- The apps that have had an ID token in a session, which learn of its end, whatever has become of their grants since.
CREATE TABLE oidc_logins (
    client BIGINT NOT NULL REFERENCES oidc_clients (id) ON DELETE CASCADE,
    -- Names the session to the app.
    sid TEXT NOT NULL,
    session_key TEXT NOT NULL,
    user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    epoch BIGINT NOT NULL,
    -- Whether the person had signed in with two factors.
    two_factors BOOLEAN NOT NULL,
    -- When the session will have ended at the latest.
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (client, sid, session_key)
);
CREATE INDEX oidc_logins_by_session ON oidc_logins (session_key);
CREATE INDEX oidc_logins_by_user ON oidc_logins (user_id);
CREATE INDEX oidc_logins_by_expiry ON oidc_logins (expires_at);
INSERT INTO oidc_logins (client, sid, session_key, user_id, epoch, two_factors, expires_at)
SELECT client, sid, session_key, max(user_id), max(epoch), max(two_factors), max(expires_at)
FROM (
    SELECT client, sid, session_key, user_id, epoch, coalesce(json_extract(details, '$.two_factors'), FALSE) AS two_factors, expires_at
    FROM oidc_grants WHERE id_token
    UNION ALL
    SELECT client, sid, login_key, user_id, epoch, coalesce(json_extract(details, '$.two_factors'), FALSE), expires_at
    FROM oidc_grants WHERE id_token
) AS logins
GROUP BY client, sid, session_key;

-- Logout tokens to send. A row goes when its token was delivered or given up.
CREATE TABLE oidc_logouts (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    client BIGINT NOT NULL REFERENCES oidc_clients (id) ON DELETE CASCADE,
    -- Of an account that may be gone.
    user_id BIGINT NOT NULL,
    sid TEXT NOT NULL,
    -- The id of the token: the same at each try.
    jti TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    -- When it is tried next; while it is being sent, when its lease expires.
    due_at BIGINT NOT NULL,
    attempts BIGINT NOT NULL DEFAULT 0,
    lease TEXT
);
CREATE INDEX oidc_logouts_by_due ON oidc_logouts (due_at, id);
CREATE INDEX oidc_logouts_by_client ON oidc_logouts (client);
-- How the last deliveries to each app went.
CREATE TABLE oidc_logout_results (
    client BIGINT NOT NULL PRIMARY KEY REFERENCES oidc_clients (id) ON DELETE CASCADE,
    delivered_at BIGINT,
    failed_at BIGINT,
    -- What the app answered then, or why it did not.
    failure TEXT,
    -- Whether that token was given up.
    given_up BOOLEAN NOT NULL DEFAULT FALSE
);
-- The last requests of each app that named another address than those that are registered.
CREATE TABLE oidc_refusals (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    client BIGINT NOT NULL REFERENCES oidc_clients (id) ON DELETE CASCADE,
    at BIGINT NOT NULL,
    parameter TEXT NOT NULL,
    received TEXT NOT NULL,
    -- A JSON array: what was registered then.
    registered TEXT NOT NULL
);
CREATE INDEX oidc_refusals_by_client ON oidc_refusals (client, id);

-- Every node may send them, so every node is woken.
CREATE TRIGGER oidc_logouts_tell_of_additions AFTER INSERT ON oidc_logouts BEGIN
    INSERT INTO changes (at, topic) VALUES (CAST(strftime('%s', 'now') AS INTEGER), 'oidc_logouts');
END;
