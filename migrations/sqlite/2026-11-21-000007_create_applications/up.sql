-- Apps that members find on their dashboard. Every member may open one, unless it is restricted to groups: it stays
-- closed to all others, even once the last of its groups is deleted.
CREATE TABLE applications (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    address TEXT NOT NULL,
    icon TEXT NOT NULL,
    restricted BOOLEAN NOT NULL DEFAULT FALSE,
    created_at BIGINT NOT NULL
);
CREATE TABLE application_groups (
    application_id BIGINT NOT NULL REFERENCES applications (id) ON DELETE CASCADE,
    group_id BIGINT NOT NULL REFERENCES groups (id) ON DELETE CASCADE,
    PRIMARY KEY (application_id, group_id)
);
CREATE INDEX application_groups_by_group ON application_groups (group_id);

CREATE TRIGGER applications_tell_of_additions AFTER INSERT ON applications BEGIN
    INSERT INTO changes (at, topic) VALUES (CAST(strftime('%s', 'now') AS INTEGER), 'applications');
END;
CREATE TRIGGER applications_tell_of_updates AFTER UPDATE ON applications BEGIN
    INSERT INTO changes (at, topic) VALUES (CAST(strftime('%s', 'now') AS INTEGER), 'applications');
END;
CREATE TRIGGER applications_tell_of_removals AFTER DELETE ON applications BEGIN
    INSERT INTO changes (at, topic) VALUES (CAST(strftime('%s', 'now') AS INTEGER), 'applications');
END;
CREATE TRIGGER application_groups_tell_of_additions AFTER INSERT ON application_groups BEGIN
    INSERT INTO changes (at, topic) VALUES (CAST(strftime('%s', 'now') AS INTEGER), 'applications');
END;
CREATE TRIGGER application_groups_tell_of_removals AFTER DELETE ON application_groups BEGIN
    INSERT INTO changes (at, topic) VALUES (CAST(strftime('%s', 'now') AS INTEGER), 'applications');
END;
