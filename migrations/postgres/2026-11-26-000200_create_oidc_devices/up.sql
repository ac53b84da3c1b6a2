-- Devices that ask a person to sign them in elsewhere, by the SHA-256 of the device code. The code that the person types is
-- kept as a keyed hash. Once allowed, there is an authorization code of the same hash.
CREATE TABLE oidc_devices (
    hash TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    user_code TEXT COLLATE "C" NOT NULL UNIQUE,
    client BIGINT NOT NULL REFERENCES oidc_clients (id) ON DELETE CASCADE,
    -- Where the device asked from: as shown, and as limits count it.
    address TEXT COLLATE "C" NOT NULL,
    counted_as TEXT COLLATE "C" NOT NULL,
    -- JSON: what the app asked for.
    request TEXT COLLATE "C" NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    -- Seconds between two questions of the device.
    pause BIGINT NOT NULL,
    asked_at BIGINT NOT NULL,
    -- None until the person has decided.
    allowed BOOLEAN
);
CREATE INDEX oidc_devices_by_client ON oidc_devices (client, counted_as);
CREATE INDEX oidc_devices_by_expiry ON oidc_devices (expires_at);
