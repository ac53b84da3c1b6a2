-- Groups hold permissions, users hold groups. `permission` is a codename such as `board.change_post`.
CREATE TABLE groups (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL UNIQUE,
    created_at BIGINT NOT NULL
);
CREATE TABLE group_permissions (
    group_id BIGINT NOT NULL REFERENCES groups (id) ON DELETE CASCADE,
    permission TEXT NOT NULL,
    PRIMARY KEY (group_id, permission)
);
CREATE TABLE group_members (
    group_id BIGINT NOT NULL REFERENCES groups (id) ON DELETE CASCADE,
    user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    PRIMARY KEY (group_id, user_id)
);
CREATE INDEX group_members_by_user ON group_members (user_id);

-- What a change concerns, where it is neither one session nor one user: `everyone`, or a kept list by its name.
ALTER TABLE changes ADD COLUMN topic TEXT;

CREATE TRIGGER group_members_tell_of_additions AFTER INSERT ON group_members BEGIN
    INSERT INTO changes (at, user_id) VALUES (CAST(strftime('%s', 'now') AS INTEGER), NEW.user_id);
END;
CREATE TRIGGER group_members_tell_of_removals AFTER DELETE ON group_members BEGIN
    INSERT INTO changes (at, user_id) VALUES (CAST(strftime('%s', 'now') AS INTEGER), OLD.user_id);
END;
CREATE TRIGGER group_permissions_tell_of_additions AFTER INSERT ON group_permissions BEGIN
    INSERT INTO changes (at, topic) VALUES (CAST(strftime('%s', 'now') AS INTEGER), 'everyone');
END;
CREATE TRIGGER group_permissions_tell_of_removals AFTER DELETE ON group_permissions BEGIN
    INSERT INTO changes (at, topic) VALUES (CAST(strftime('%s', 'now') AS INTEGER), 'everyone');
END;
CREATE TRIGGER groups_tell_of_updates AFTER UPDATE ON groups BEGIN
    INSERT INTO changes (at, topic) VALUES (CAST(strftime('%s', 'now') AS INTEGER), 'everyone');
END;

-- What an event was about, where that is no user: a group's name, a post's title.
ALTER TABLE audit_events ADD COLUMN subject TEXT NOT NULL DEFAULT '';
CREATE INDEX audit_events_by_event ON audit_events (event, id);
CREATE INDEX audit_events_by_actor ON audit_events (actor_id, id);
CREATE INDEX audit_events_by_time ON audit_events (at);

-- The trail is only ever added to; what is older than its retention is deleted, nothing is rewritten.
CREATE TRIGGER audit_events_are_never_rewritten BEFORE UPDATE ON audit_events BEGIN
    SELECT RAISE(ABORT, 'audit events are never rewritten');
END;
