-- What happened on each day (UTC), by counter: the staff's overview adds up rows of these instead of counting events.
CREATE TABLE daily_counts (
    -- Days since 1970-01-01.
    day BIGINT NOT NULL,
    name TEXT NOT NULL,
    count BIGINT NOT NULL,
    PRIMARY KEY (day, name)
);

-- How many accounts there are, in one row that follows every change of `users`.
CREATE TABLE account_totals (
    id BIGINT NOT NULL PRIMARY KEY CHECK (id = 0),
    users BIGINT NOT NULL,
    staff BIGINT NOT NULL,
    disabled BIGINT NOT NULL,
    -- With a second factor.
    protected BIGINT NOT NULL
);
INSERT INTO account_totals (id, users, staff, disabled, protected)
SELECT 0, count(*), coalesce(sum(staff), 0), coalesce(sum(disabled), 0), count(factors_since) FROM users;

CREATE TRIGGER users_are_counted AFTER INSERT ON users BEGIN
    UPDATE account_totals SET users = users + 1, staff = staff + NEW.staff, disabled = disabled + NEW.disabled,
        protected = protected + (NEW.factors_since IS NOT NULL);
END;
CREATE TRIGGER users_are_counted_again AFTER UPDATE OF staff, disabled, factors_since ON users
WHEN OLD.staff <> NEW.staff OR OLD.disabled <> NEW.disabled OR (OLD.factors_since IS NULL) <> (NEW.factors_since IS NULL) BEGIN
    UPDATE account_totals SET staff = staff + NEW.staff - OLD.staff, disabled = disabled + NEW.disabled - OLD.disabled,
        protected = protected + (NEW.factors_since IS NOT NULL) - (OLD.factors_since IS NOT NULL);
END;
CREATE TRIGGER users_are_discounted AFTER DELETE ON users BEGIN
    UPDATE account_totals SET users = users - 1, staff = staff - OLD.staff, disabled = disabled - OLD.disabled,
        protected = protected - (OLD.factors_since IS NOT NULL);
END;
