-- Every three letters in a row of a user's name, display name and address: a search finds a few users among millions. The
-- extension comes with PostgreSQL, but not with every package of it, and takes the right to create it: without it,
-- searches look at every user.
DO $$
BEGIN
    CREATE EXTENSION IF NOT EXISTS pg_trgm;
    CREATE INDEX users_by_text ON users USING gin (
        lower(username) gin_trgm_ops, lower(display_name) gin_trgm_ops, lower(email) gin_trgm_ops
    );
EXCEPTION
    WHEN insufficient_privilege OR feature_not_supported OR undefined_file OR undefined_object THEN
        RAISE WARNING 'searches for users are slow without pg_trgm: %', SQLERRM;
END
$$;
