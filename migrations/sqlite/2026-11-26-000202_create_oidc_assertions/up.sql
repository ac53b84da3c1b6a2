-- Proofs of apps by their own keys that were used, by the SHA-256 of app and `jti`, so that none is used again.
CREATE TABLE oidc_assertions (
    hash TEXT NOT NULL PRIMARY KEY,
    expires_at BIGINT NOT NULL
);
CREATE INDEX oidc_assertions_by_expiry ON oidc_assertions (expires_at);
