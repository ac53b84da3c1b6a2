DO $$
DECLARE
    found RECORD;
BEGIN
    FOR found IN
        SELECT tgname, tgrelid::regclass AS of_table, pg_get_triggerdef(oid) AS definition FROM pg_trigger
        WHERE tgfoid IN ('tell'::regproc, 'tell_of_group'::regproc) AND NOT tgisinternal AND tgdeferrable
    LOOP
        EXECUTE format('DROP TRIGGER %I ON %s', found.tgname, found.of_table);
        EXECUTE replace(
            replace(found.definition, 'CREATE CONSTRAINT TRIGGER', 'CREATE TRIGGER'),
            ' DEFERRABLE INITIALLY DEFERRED FOR EACH ROW ', ' FOR EACH ROW '
        );
    END LOOP;
END
$$;
CREATE OR REPLACE FUNCTION tell() RETURNS TRIGGER LANGUAGE plpgsql AS $$
DECLARE
    what TEXT := TG_ARGV[1];
BEGIN
    PERFORM take_turn_to_write();
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
    PERFORM take_turn_to_write();
    INSERT INTO changes (at, topic, group_id)
    VALUES (extract(epoch FROM clock_timestamp())::BIGINT, 'everyone', of_group);
    NOTIFY munjigi_changes;
    RETURN NULL;
END
$$;
