-- Accounts elsewhere that sign a user in. Issuer and subject identify one, never its address.
CREATE TABLE identities (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    -- The provider's name in the settings.
    provider TEXT NOT NULL,
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL,
    user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    -- How its owner recognises it: a name or an address there.
    label TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    used_at BIGINT,
    UNIQUE (issuer, subject),
    UNIQUE (provider, user_id)
);
CREATE INDEX identities_by_user ON identities (user_id);
-- Accounts that the operator has made for people who come by a provider that proves their address.
CREATE TABLE invitations (
    user_id BIGINT NOT NULL PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    created_at BIGINT NOT NULL
);
-- Browsers that were sent to a provider, by the SHA-256 of the state. Each row is for one answer.
CREATE TABLE upstream_attempts (
    state_hash TEXT NOT NULL PRIMARY KEY,
    browser_hash TEXT NOT NULL,
    provider TEXT NOT NULL,
    -- Encrypted: what is checked in the answer, and where the browser goes then.
    details TEXT NOT NULL,
    -- Encrypted: an answer that came by a post of the provider's page, which brings no cookie.
    answer TEXT,
    expires_at BIGINT NOT NULL
);
-- Who a provider says is there, until they choose a username or sign in to link it. Encrypted.
CREATE TABLE upstream_arrivals (
    browser_hash TEXT NOT NULL,
    provider TEXT NOT NULL,
    details TEXT NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (browser_hash, provider)
);
-- The provider's session that a session began with, so that its end there is one here.
CREATE TABLE upstream_sessions (
    session_key TEXT NOT NULL PRIMARY KEY,
    user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    provider TEXT NOT NULL,
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL,
    sid TEXT,
    expires_at BIGINT NOT NULL
);
CREATE INDEX upstream_sessions_by_subject ON upstream_sessions (issuer, subject);
CREATE INDEX upstream_sessions_by_user ON upstream_sessions (user_id);
-- Logout tokens that were accepted, so that none is accepted twice.
CREATE TABLE upstream_logouts (
    jti_hash TEXT NOT NULL PRIMARY KEY,
    expires_at BIGINT NOT NULL
);
-- The provider's session of a pending sign-in, as JSON.
ALTER TABLE stages ADD COLUMN upstream TEXT;
