DROP TRIGGER users_tell_of_names;
