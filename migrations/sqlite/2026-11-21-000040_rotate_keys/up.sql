-- Generations of keys. Every key is derived from a secret, which is not in here, the salt of its generation, and what it is
-- for; the keys themselves are kept nowhere. The newest that is in use signs; the one that is not in use yet comes next.
-- salt: empty for generations from before there were salts, which differ in the key that signs access tokens alone.
-- secret: the fingerprint of the secret; empty until a server has looked at it. replaced: by the next that is in use.
CREATE TABLE key_generations (
    number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    salt TEXT NOT NULL,
    secret TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    used_since BIGINT
);
INSERT INTO key_generations (number, salt, secret, made_at, used_since)
    SELECT number, '', '', created_at, created_at FROM signing_keys ORDER BY number DESC LIMIT 2;
DROP TABLE signing_keys;

-- Keys that never change, since what was made with them cannot be made anew: sealed by those that do.
CREATE TABLE lasting_keys (
    name TEXT NOT NULL PRIMARY KEY,
    sealed TEXT NOT NULL
);
