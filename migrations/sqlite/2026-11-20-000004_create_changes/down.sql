DROP TRIGGER embedded_sessions_tell_of_deletions;
DROP TRIGGER embedded_sessions_tell_of_updates;
DROP TRIGGER ended_sessions_tell;
DROP TRIGGER users_tell_of_deletions;
DROP TRIGGER users_tell_of_updates;
ALTER TABLE users DROP COLUMN last_failure_at;
DROP TABLE changes;
