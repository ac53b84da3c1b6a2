-- Algorithms of ID tokens that an app used before, and until when its tokens may still be verified.
CREATE TABLE oidc_retired_algs (
    alg TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    until BIGINT NOT NULL
);
