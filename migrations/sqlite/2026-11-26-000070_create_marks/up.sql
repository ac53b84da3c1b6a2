-- Times that all nodes share, by name.
CREATE TABLE marks (
    name TEXT NOT NULL PRIMARY KEY,
    at BIGINT NOT NULL
);
