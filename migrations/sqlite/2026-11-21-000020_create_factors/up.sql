-- Since when the account has a second factor; every change of factors moves it on.
ALTER TABLE users ADD COLUMN factors_since BIGINT;

-- secret: encrypted, bound to the user. last_step: the newest time step whose code was used; none before it opens anything.
CREATE TABLE totp (
    user_id BIGINT NOT NULL PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    secret TEXT NOT NULL,
    last_step BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);

-- hash: HMAC-SHA-256 of user and code. Used ones are deleted.
CREATE TABLE recovery_codes (
    user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    hash TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (user_id, hash)
);

-- Sign-ins of which the password was right and the second factor is still to come. `token_hash` is SHA-256 of what the
-- browser holds: reading this table opens nothing. first: by which method it began.
CREATE TABLE stages (
    token_hash TEXT NOT NULL PRIMARY KEY,
    user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    epoch BIGINT NOT NULL,
    first INTEGER NOT NULL,
    remember BOOLEAN NOT NULL,
    next TEXT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX stages_by_expiry ON stages (expires_at);
CREATE INDEX stages_by_user ON stages (user_id);

-- Browsers that are not asked for the second factor again.
CREATE TABLE trusted_devices (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    token_hash TEXT NOT NULL UNIQUE,
    user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    epoch BIGINT NOT NULL,
    device TEXT NOT NULL,
    address TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX trusted_devices_by_user ON trusted_devices (user_id);
CREATE INDEX trusted_devices_by_expiry ON trusted_devices (expires_at);

-- Whether whoever is in the group must have a second factor.
ALTER TABLE groups ADD COLUMN second_factor BOOLEAN NOT NULL DEFAULT FALSE;
