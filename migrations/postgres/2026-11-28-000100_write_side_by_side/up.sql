-- Writes run side by side. What they change is told at their ends: each in its turn, so that ids of changes become visible
-- in order, and whoever reads those after the newest that it knows misses none. NOTIFY makes them end one after the other in
-- any case. Until then no write waits for another because of it.

-- Versions before this one take their turn to write here, which `tell` must not ask for any more: whoever shares it would
-- wait for itself.
CREATE OR REPLACE FUNCTION tell() RETURNS TRIGGER LANGUAGE plpgsql AS $$
DECLARE
    what TEXT := TG_ARGV[1];
BEGIN
    PERFORM pg_advisory_xact_lock(7887325327370909035);
    IF TG_ARGV[0] <> 'topic' THEN
        what := CASE TG_OP WHEN 'DELETE' THEN to_jsonb(OLD) ->> what ELSE to_jsonb(NEW) ->> what END;
    END IF;
    EXECUTE format(
        'INSERT INTO changes (at, %I) VALUES (extract(epoch FROM clock_timestamp())::BIGINT, %L)', TG_ARGV[0], what
    );
    NOTIFY munjigi_changes;
    RETURN NULL;
END
$$;
CREATE OR REPLACE FUNCTION tell_of_group() RETURNS TRIGGER LANGUAGE plpgsql AS $$
DECLARE
    of_group BIGINT := (CASE TG_OP WHEN 'DELETE' THEN to_jsonb(OLD) ELSE to_jsonb(NEW) END ->> TG_ARGV[0])::BIGINT;
BEGIN
    PERFORM pg_advisory_xact_lock(7887325327370909035);
    INSERT INTO changes (at, topic, group_id)
    VALUES (extract(epoch FROM clock_timestamp())::BIGINT, 'everyone', of_group);
    NOTIFY munjigi_changes;
    RETURN NULL;
END
$$;

-- Every trigger that tells waits for the end of the transaction.
DO $$
DECLARE
    found RECORD;
BEGIN
    FOR found IN
        SELECT tgname, tgrelid::regclass AS of_table, pg_get_triggerdef(oid) AS definition FROM pg_trigger
        WHERE tgfoid IN ('tell'::regproc, 'tell_of_group'::regproc) AND NOT tgisinternal AND NOT tgdeferrable
    LOOP
        EXECUTE format('DROP TRIGGER %I ON %s', found.tgname, found.of_table);
        EXECUTE replace(
            replace(found.definition, 'CREATE TRIGGER', 'CREATE CONSTRAINT TRIGGER'),
            ' FOR EACH ROW ', ' DEFERRABLE INITIALLY DEFERRED FOR EACH ROW '
        );
    END LOOP;
END
$$;
