DROP TRIGGER users_tell_of_names ON users;
DROP TABLE posts;
