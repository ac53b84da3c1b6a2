-- Authorization requests that apps have sent ahead, by the SHA-256 of their names. Each is used once.
CREATE TABLE oidc_pushed (
    hash TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    client BIGINT NOT NULL REFERENCES oidc_clients (id) ON DELETE CASCADE,
    -- The address that sent it, as limits count it.
    counted_as TEXT COLLATE "C" NOT NULL,
    -- As a query.
    parameters TEXT COLLATE "C" NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX oidc_pushed_by_client ON oidc_pushed (client, counted_as);
CREATE INDEX oidc_pushed_by_expiry ON oidc_pushed (expires_at);
