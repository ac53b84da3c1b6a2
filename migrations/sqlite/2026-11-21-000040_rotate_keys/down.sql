CREATE TABLE signing_keys (
    number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    created_at BIGINT NOT NULL
);
INSERT INTO signing_keys (number, created_at)
    SELECT number, used_since FROM key_generations WHERE used_since IS NOT NULL;
DROP TABLE lasting_keys;
DROP TABLE key_generations;
CREATE TRIGGER signing_keys_tell AFTER INSERT ON signing_keys BEGIN
    INSERT INTO changes (at, topic) VALUES (CAST(strftime('%s', 'now') AS INTEGER), 'signing_keys');
END;
