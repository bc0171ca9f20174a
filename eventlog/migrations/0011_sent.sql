-- One entry that the client sent to one reader: the wall gives it by its grant, of which the key
-- names the sending and the entry, as long as something ties that reader to the file.

-- As before, but for what was sent: that is let through by the entry, and never by its category.
CREATE OR REPLACE FUNCTION wall.seen() RETURNS TABLE (
    stream uuid, category text, ground text, employer uuid,
    facts boolean, words boolean, follows boolean
) LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 100 SET search_path = pg_catalog, pg_temp
SET plan_cache_mode = force_generic_plan SET jit = off AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT t.stream, o.category,
           CASE o.ground WHEN 'permission' THEN 'always' ELSE o.ground END,
           CASE o.ground WHEN 'own_job' THEN t.employer END,
           o.facts, o.words AND t.live, o.follows  -- of an ended job no words
      FROM wall.ties() AS t
      JOIN wall.opening o ON o.role = t.opens AND o.outside = t.outside
     WHERE o.ground <> 'sent'
       AND (o.ground <> 'permission' OR strpos(t.permitted, ',' || o.category || ',') > 0);
END $$;

-- Gives the entries that the client sent to who asks in the role they act in, and the sendings.
CREATE FUNCTION wall.sent() RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 10 SET search_path = pg_catalog, pg_temp
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET jit = off AS $$
#variable_conflict use_column
DECLARE
    acts_as text := wall.asks() ->> 'role';
    sent text[];
BEGIN
    sent := ARRAY(SELECT g.stream::text || '/' || g.key FROM log.grants g
                   WHERE g.holder = wall.person() AND g.kind = 'sent' AND g.role = acts_as
                     AND (g.until IS NULL OR (wall.asks() ->> 'day')::date <= g.until)
                     AND g.key ~ '^sent/[0-9a-f-]{36}/[0-9a-f-]{36}$');
    IF sent = '{}' OR NOT EXISTS (SELECT FROM wall.opening o
                                   WHERE o.role = acts_as AND o.ground = 'sent') THEN
        RETURN;  -- as nearly always: no tie is looked for
    END IF;
    RETURN QUERY
    SELECT split_part(s, '/', part)::uuid
      FROM unnest(sent) AS s
     CROSS JOIN (VALUES (3), (4)) AS named (part)
     WHERE split_part(s, '/', 1)::uuid IN (SELECT t.stream FROM wall.ties() AS t
                                            WHERE t.live AND t.opens = acts_as);
END $$;
REVOKE ALL ON FUNCTION wall.sent FROM PUBLIC;
GRANT EXECUTE ON FUNCTION wall.sent TO samenspoor_service, samenspoor_projector;
