DROP TRIGGER users_are_not_indexed;
DROP TRIGGER users_are_indexed_again;
DROP TRIGGER users_are_indexed;
DROP TABLE users_text;
