-- What does not exist for who asks, whatever the matrix says: what was shielded or taken back, and
-- the kinds of entries that are for some alone, or for later.

-- Which kinds of entries a role sees on one ground only.
CREATE TABLE wall.closed (
    role   text NOT NULL,
    type   text NOT NULL,
    ground text NOT NULL,  -- recorded, addressed, judged (the choice in `field`), to_come (the day there)
    field  text NOT NULL,
    PRIMARY KEY (role, type)
);

CREATE FUNCTION wall.closed() RETURNS TABLE (type text, ground text, field text)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 5 SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT c.type, c.ground, c.field FROM wall.closed c WHERE c.role = wall.asks() ->> 'role';
END $$;

-- Gives what was shielded or taken back: entries, and what those began. The client sees it all.
CREATE FUNCTION wall.gone() RETURNS TABLE (stream uuid, id text)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 1 SET search_path = pg_catalog, pg_temp
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET jit = off AS $$
#variable_conflict use_column
DECLARE
    asks jsonb := wall.asks();
    files uuid[];
BEGIN
    IF asks ->> 'role' = 'client' THEN
        RETURN;
    END IF;
    IF coalesce(asks -> 'files', 'null') <> 'null' THEN
        files := ARRAY(SELECT f::uuid FROM jsonb_array_elements_text(asks -> 'files') AS f);
    ELSE
        files := ARRAY(SELECT t.stream FROM wall.ties() AS t);
    END IF;
    RETURN QUERY
    SELECT g.stream, g.holder::text FROM log.grants g
     WHERE g.stream = ANY(files) AND g.kind IN ('shielded', 'undone');
END $$;

-- Gives the choices that who asks has judged.
CREATE FUNCTION wall.judged() RETURNS SETOF text
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 10 SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN QUERY
    SELECT substring(g.key FROM '[^/]*$') FROM log.grants g
     WHERE g.holder = wall.person() AND g.kind = 'judged'
       AND (g.until IS NULL OR (wall.asks() ->> 'day')::date <= g.until);
END $$;

REVOKE ALL ON FUNCTION wall.closed(), wall.gone(), wall.judged() FROM PUBLIC;
GRANT SELECT ON wall.closed TO samenspoor_service;
GRANT EXECUTE ON FUNCTION wall.closed(), wall.gone(), wall.judged()
   TO samenspoor_service, samenspoor_projector;
