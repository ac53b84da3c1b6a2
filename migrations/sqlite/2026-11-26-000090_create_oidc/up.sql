-- Apps that sign people in by OpenID Connect. `registration` is JSON: addresses, grants, scopes, algorithms.
CREATE TABLE oidc_clients (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    client_id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL UNIQUE,
    registration TEXT NOT NULL,
    -- Whether only members of its groups may sign in to it. Stays set when the last of them is deleted.
    restricted BOOLEAN NOT NULL DEFAULT FALSE,
    disabled BOOLEAN NOT NULL DEFAULT FALSE,
    -- Whether a file declares it, so that pages and commands cannot change it.
    declared BOOLEAN NOT NULL DEFAULT FALSE,
    created_at BIGINT NOT NULL
);
CREATE TABLE oidc_client_groups (
    client BIGINT NOT NULL REFERENCES oidc_clients (id) ON DELETE CASCADE,
    group_id BIGINT NOT NULL REFERENCES groups (id) ON DELETE CASCADE,
    PRIMARY KEY (client, group_id)
);
CREATE INDEX oidc_client_groups_by_group ON oidc_client_groups (group_id);
-- SHA-256 of each secret; two at a time, so that an app can change to the next one without a pause.
CREATE TABLE oidc_client_secrets (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    client BIGINT NOT NULL REFERENCES oidc_clients (id) ON DELETE CASCADE,
    hash TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX oidc_client_secrets_by_client ON oidc_client_secrets (client);
-- RSA keys cannot be derived from the server's secret, so each generation has one here, encrypted by it.
CREATE TABLE oidc_keys (
    generation BIGINT NOT NULL PRIMARY KEY,
    sealed TEXT NOT NULL
);

-- What a person has allowed an app, in one session. Its tokens name it and end with it, so its id is never given twice.
CREATE TABLE oidc_grants (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    client BIGINT NOT NULL REFERENCES oidc_clients (id) ON DELETE CASCADE,
    user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    -- The session in which the person signed in to the app.
    login_key TEXT NOT NULL,
    -- The session that the tokens stand on: the same, or one of their own (offline_access).
    session_key TEXT NOT NULL,
    -- Names the first of these to apps. It stays when the session gets a new key.
    sid TEXT NOT NULL,
    epoch BIGINT NOT NULL,
    -- Whether the app has had an ID token.
    id_token BOOLEAN NOT NULL,
    -- JSON: scope, resource, and how the person had authenticated.
    details TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    -- When the sessions will have ended at the latest.
    expires_at BIGINT NOT NULL,
    -- The current token of its series of refresh tokens; no hash, no series.
    refresh_generation BIGINT NOT NULL DEFAULT 0,
    refresh_hash TEXT,
    refresh_salt TEXT NOT NULL DEFAULT '',
    refreshed_at BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX oidc_grants_by_user ON oidc_grants (user_id);
CREATE INDEX oidc_grants_by_session ON oidc_grants (session_key);
CREATE INDEX oidc_grants_by_login ON oidc_grants (login_key);
CREATE INDEX oidc_grants_by_client ON oidc_grants (client);
CREATE INDEX oidc_grants_by_sid ON oidc_grants (sid);
-- Authorization codes, by the SHA-256 of each. A used one is kept for a while, so that a second use is noticed.
CREATE TABLE oidc_codes (
    hash TEXT NOT NULL PRIMARY KEY,
    client BIGINT NOT NULL REFERENCES oidc_clients (id) ON DELETE CASCADE,
    user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    session_key TEXT NOT NULL,
    sid TEXT NOT NULL,
    epoch BIGINT NOT NULL,
    -- JSON: what the app asked for.
    request TEXT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT,
    grant_id BIGINT REFERENCES oidc_grants (id) ON DELETE SET NULL
);
CREATE INDEX oidc_codes_by_session ON oidc_codes (session_key);
CREATE INDEX oidc_codes_by_grant ON oidc_codes (grant_id);
CREATE INDEX oidc_codes_by_user ON oidc_codes (user_id);
CREATE INDEX oidc_codes_by_client ON oidc_codes (client);
-- What a person has allowed an app from now on, so that they are not asked again. `scope` has spaces between the names.
CREATE TABLE oidc_consents (
    user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    client BIGINT NOT NULL REFERENCES oidc_clients (id) ON DELETE CASCADE,
    scope TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (user_id, client)
);
CREATE INDEX oidc_consents_by_client ON oidc_consents (client);

CREATE TRIGGER oidc_clients_tell_of_additions AFTER INSERT ON oidc_clients BEGIN
    INSERT INTO changes (at, topic) VALUES (CAST(strftime('%s', 'now') AS INTEGER), 'oidc_clients');
END;
CREATE TRIGGER oidc_clients_tell_of_updates AFTER UPDATE ON oidc_clients BEGIN
    INSERT INTO changes (at, topic) VALUES (CAST(strftime('%s', 'now') AS INTEGER), 'oidc_clients');
END;
CREATE TRIGGER oidc_clients_tell_of_removals AFTER DELETE ON oidc_clients BEGIN
    INSERT INTO changes (at, topic) VALUES (CAST(strftime('%s', 'now') AS INTEGER), 'oidc_clients');
END;
CREATE TRIGGER oidc_client_groups_tell_of_additions AFTER INSERT ON oidc_client_groups BEGIN
    INSERT INTO changes (at, topic) VALUES (CAST(strftime('%s', 'now') AS INTEGER), 'oidc_clients');
END;
CREATE TRIGGER oidc_client_groups_tell_of_removals AFTER DELETE ON oidc_client_groups BEGIN
    INSERT INTO changes (at, topic) VALUES (CAST(strftime('%s', 'now') AS INTEGER), 'oidc_clients');
END;
CREATE TRIGGER oidc_client_secrets_tell_of_additions AFTER INSERT ON oidc_client_secrets BEGIN
    INSERT INTO changes (at, topic) VALUES (CAST(strftime('%s', 'now') AS INTEGER), 'oidc_clients');
END;
CREATE TRIGGER oidc_client_secrets_tell_of_removals AFTER DELETE ON oidc_client_secrets BEGIN
    INSERT INTO changes (at, topic) VALUES (CAST(strftime('%s', 'now') AS INTEGER), 'oidc_clients');
END;
-- A user's grants are kept in memory. The state of their refresh tokens is not.
CREATE TRIGGER oidc_grants_tell_of_new_ones AFTER INSERT ON oidc_grants BEGIN
    INSERT INTO changes (at, user_id) VALUES (CAST(strftime('%s', 'now') AS INTEGER), NEW.user_id);
END;
CREATE TRIGGER oidc_grants_tell_of_updates AFTER UPDATE OF client, user_id, session_key, sid, epoch, details, expires_at ON oidc_grants BEGIN
    INSERT INTO changes (at, user_id) VALUES (CAST(strftime('%s', 'now') AS INTEGER), NEW.user_id);
END;
CREATE TRIGGER oidc_grants_tell_of_deletions AFTER DELETE ON oidc_grants BEGIN
    INSERT INTO changes (at, user_id) VALUES (CAST(strftime('%s', 'now') AS INTEGER), OLD.user_id);
END;

-- When what apps learn of a person last changed; none for an account that has not changed since it was made.
ALTER TABLE users ADD COLUMN updated_at BIGINT;
