DROP TRIGGER users_are_discounted;
DROP TRIGGER users_are_counted_again;
DROP TRIGGER users_are_counted;
DROP TABLE account_totals;
DROP TABLE daily_counts;
