DROP TABLE users;
DROP FUNCTION instr;
DROP FUNCTION take_turn_to_write;
