DROP TRIGGER users_are_discounted ON users;
DROP TRIGGER users_are_counted_again ON users;
DROP TRIGGER users_are_counted ON users;
DROP FUNCTION discount_users();
DROP FUNCTION count_users_again();
DROP FUNCTION count_new_users();
DROP FUNCTION add_to_totals(BIGINT, BIGINT, BIGINT, BIGINT);
DROP TABLE account_totals;
DROP TABLE daily_counts;
