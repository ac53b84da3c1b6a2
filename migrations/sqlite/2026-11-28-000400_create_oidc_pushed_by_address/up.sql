-- The same as oidc_pushed, of apps that describe themselves at an address and that no one has allowed anything yet.
CREATE TABLE oidc_pushed_by_address (
    hash TEXT NOT NULL PRIMARY KEY,
    -- The address of the app's document.
    client_id TEXT NOT NULL,
    counted_as TEXT NOT NULL,
    parameters TEXT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX oidc_pushed_by_address_by_sender ON oidc_pushed_by_address (counted_as);
CREATE INDEX oidc_pushed_by_address_by_expiry ON oidc_pushed_by_address (expires_at);
