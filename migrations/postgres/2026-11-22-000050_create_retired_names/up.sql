-- Usernames of deleted accounts, which nobody else may register for a while. `name_hash` is keyed: reading this table tells no
-- names. until: when the name is free again.
CREATE TABLE retired_names (
    name_hash TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    until BIGINT NOT NULL
);
