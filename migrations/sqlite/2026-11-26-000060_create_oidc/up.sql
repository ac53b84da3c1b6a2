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
