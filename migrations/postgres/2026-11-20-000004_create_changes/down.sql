DROP TRIGGER embedded_sessions_tell_of_deletions ON embedded_sessions;
DROP TRIGGER embedded_sessions_tell_of_updates ON embedded_sessions;
DROP TRIGGER ended_sessions_tell ON ended_sessions;
DROP TRIGGER users_tell_of_deletions ON users;
DROP TRIGGER users_tell_of_updates ON users;
DROP FUNCTION tell;
ALTER TABLE users DROP COLUMN last_failure_at;
DROP TABLE changes;
