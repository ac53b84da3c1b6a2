-- What happened on each day (UTC), by counter: the staff's overview adds up rows of these instead of counting events.
CREATE TABLE daily_counts (
    -- Days since 1970-01-01.
    day BIGINT NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    count BIGINT NOT NULL,
    PRIMARY KEY (day, name)
);

-- How many accounts there are, as the sum of rows that follow every change of `users`. Each connection adds to a row of
-- its own, by the number of its process, so that no write waits for another; `munjigi serve` makes them row 0 again.
CREATE TABLE account_totals (
    id BIGINT NOT NULL PRIMARY KEY,
    users BIGINT NOT NULL,
    staff BIGINT NOT NULL,
    disabled BIGINT NOT NULL,
    -- With a second factor.
    protected BIGINT NOT NULL
);
-- Accounts that are created now would not be counted.
LOCK TABLE users IN SHARE ROW EXCLUSIVE MODE;
INSERT INTO account_totals (id, users, staff, disabled, protected)
SELECT 0, count(*), count(*) FILTER (WHERE staff), count(*) FILTER (WHERE disabled), count(factors_since) FROM users;

CREATE FUNCTION add_to_totals(users BIGINT, staff BIGINT, disabled BIGINT, protected BIGINT) RETURNS VOID
LANGUAGE sql AS $$
    INSERT INTO account_totals (id, users, staff, disabled, protected) VALUES (pg_backend_pid(), $1, $2, $3, $4)
    ON CONFLICT (id) DO UPDATE SET users = account_totals.users + excluded.users,
        staff = account_totals.staff + excluded.staff, disabled = account_totals.disabled + excluded.disabled,
        protected = account_totals.protected + excluded.protected
$$;
-- Once a statement, since a move of the database inserts many rows at once.
CREATE FUNCTION count_new_users() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    PERFORM add_to_totals(n.users, n.staff, n.disabled, n.protected)
    FROM (SELECT count(*) AS users, count(*) FILTER (WHERE staff) AS staff, count(*) FILTER (WHERE disabled) AS disabled,
        count(factors_since) AS protected FROM these) AS n WHERE n.users > 0;
    RETURN NULL;
END
$$;
CREATE FUNCTION discount_users() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    PERFORM add_to_totals(-n.users, -n.staff, -n.disabled, -n.protected)
    FROM (SELECT count(*) AS users, count(*) FILTER (WHERE staff) AS staff, count(*) FILTER (WHERE disabled) AS disabled,
        count(factors_since) AS protected FROM these) AS n WHERE n.users > 0;
    RETURN NULL;
END
$$;
CREATE FUNCTION count_users_again() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    PERFORM add_to_totals(0, NEW.staff::INTEGER - OLD.staff::INTEGER, NEW.disabled::INTEGER - OLD.disabled::INTEGER,
        (NEW.factors_since IS NOT NULL)::INTEGER - (OLD.factors_since IS NOT NULL)::INTEGER);
    RETURN NULL;
END
$$;
CREATE TRIGGER users_are_counted AFTER INSERT ON users REFERENCING NEW TABLE AS these
FOR EACH STATEMENT EXECUTE FUNCTION count_new_users();
CREATE TRIGGER users_are_discounted AFTER DELETE ON users REFERENCING OLD TABLE AS these
FOR EACH STATEMENT EXECUTE FUNCTION discount_users();
CREATE TRIGGER users_are_counted_again AFTER UPDATE OF staff, disabled, factors_since ON users FOR EACH ROW
WHEN (OLD.staff <> NEW.staff OR OLD.disabled <> NEW.disabled OR (OLD.factors_since IS NULL) <> (NEW.factors_since IS NULL))
EXECUTE FUNCTION count_users_again();
