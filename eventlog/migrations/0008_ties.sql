-- A permission opens something to an auditor only when it was given for an audit. A place on a team
-- lasts as long as the role there. Whoever reads the figures of a programme is told how many took
-- part in peer groups there.

-- Gives what ties who asks to trajectories. An ended job still ties an employer: that it ended.
CREATE OR REPLACE FUNCTION wall.ties() RETURNS TABLE (
    stream uuid, opens text, outside boolean, employer uuid, live boolean, permitted text
) LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 10 SET search_path = pg_catalog, pg_temp
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET jit = off AS $$
#variable_conflict use_column
DECLARE
    asks jsonb := wall.asks();
    me uuid := asks ->> 'person';
    acts_as text := asks ->> 'role';
    today date := asks ->> 'day';
    works_for uuid[];
    places uuid[];
    holds boolean;
    holders uuid[];
    files uuid[];
BEGIN
    IF me IS NULL OR today IS NULL THEN
        RETURN;
    END IF;
    works_for := wall.works_for();
    places := ARRAY(SELECT g.organisation FROM log.grants g
                     WHERE g.holder = me AND g.kind = 'role' AND g.role = acts_as
                       AND (g.until IS NULL OR today <= g.until));
    holds := places <> '{}';
    holders := me || works_for;
    IF acts_as = 'employer' THEN
        holders := holders || ARRAY(
            SELECT g.stream FROM log.grants g
             WHERE g.holder = me AND g.kind = 'contact' AND (g.until IS NULL OR today <= g.until));
    END IF;
    IF coalesce(asks -> 'files', 'null') <> 'null' THEN
        files := ARRAY(SELECT f::uuid FROM jsonb_array_elements_text(asks -> 'files') AS f);
    ELSIF EXISTS (SELECT FROM wall.way w WHERE w.role = acts_as AND NOT w.personal) THEN
        files := ARRAY(SELECT DISTINCT g.stream FROM log.grants g WHERE g.holder = ANY(holders));
    ELSE
        files := ARRAY(SELECT DISTINCT g.stream FROM log.grants g WHERE g.holder = me);
    END IF;
    RETURN QUERY
    WITH here AS MATERIALIZED (
        SELECT g.*, g.until IS NULL OR today <= g.until AS live
          FROM log.grants g WHERE g.stream = ANY(files)
    ), permits AS MATERIALIZED (
        SELECT p.stream, p.kind, ',' || string_agg(p.categories, ',') || ',' AS categories
          FROM here p
         WHERE p.live AND p.holder = ANY(holders)
           AND (p.kind = 'mandate'
                OR (p.kind = 'permission'
                    AND (p.role = acts_as OR (p.role = '' AND acts_as <> 'auditor'))))
         GROUP BY p.stream, p.kind
    ), inside AS MATERIALIZED (  -- a coach and a care worker of one organisation
        SELECT DISTINCT c.stream
          FROM here c JOIN here s ON s.stream = c.stream AND s.organisation = c.organisation
         WHERE c.live AND c.kind IN ('team', 'cover') AND c.role = 'job_coach'
           AND s.live AND s.kind IN ('team', 'emergency') AND s.role = 'care_worker'
    ), own_actions AS MATERIALIZED (  -- shared with who asks, and no more
        SELECT DISTINCT o.stream FROM here o
         WHERE o.live AND o.kind = 'share' AND o.holder = me AND o.role = 'own_actions'
    ), reviewed AS MATERIALIZED (
        SELECT r.stream, r.key FROM here r WHERE r.kind = 'reviewed'
    )
    SELECT DISTINCT h.stream, w.opens,
           w.opens IN ('job_coach', 'care_worker') AND i.stream IS NULL,
           CASE WHEN h.kind = 'employer' THEN h.holder END,
           h.live,
           CASE WHEN h.kind <> 'network' OR o.stream IS NULL THEN p.categories END
      FROM here h
      JOIN wall.way w ON w.role = acts_as AND w.kind = h.kind AND w.of IN ('', h.role)
      LEFT JOIN permits p ON p.stream = h.stream
       AND p.kind = CASE h.kind WHEN 'mandate' THEN 'mandate' ELSE 'permission' END
      LEFT JOIN inside i ON i.stream = h.stream
      LEFT JOIN own_actions o ON o.stream = h.stream
      LEFT JOIN reviewed r ON r.stream = h.stream AND h.kind = 'emergency'
       AND r.key = 'reviewed/' || split_part(h.key, '/', 2)
     WHERE (h.live OR h.kind = 'employer')
       AND (holds OR NOT w.held)
       AND (h.kind <> 'team' OR w.by_organisation
            OR h.organisation IS NULL OR h.organisation = ANY(places))
       AND CASE WHEN w.by_organisation THEN h.organisation = ANY(works_for)
                WHEN w.personal THEN h.holder = me
                ELSE h.holder = ANY(holders) END
       AND CASE  -- from the day on, and until the moment, that the key tells
           WHEN h.kind = 'cover' THEN
               CASE WHEN split_part(h.key, '/', 2) ~ '^\d{4}-\d\d-\d\d$'
                    THEN split_part(h.key, '/', 2)::date <= today ELSE false END
           WHEN h.kind = 'emergency' THEN
               r.key IS NULL
               AND CASE WHEN split_part(h.key, '/', 3) ~ '^\d{4}-\d\d-\d\dT'
                        THEN (asks ->> 'now')::timestamptz
                             < split_part(h.key, '/', 3)::timestamptz
                        ELSE false END
           ELSE true END;
END $$;

-- Gives the peer groups of the organisation that has a programme, to whom its figures are for.
CREATE FUNCTION wall.groups(programme uuid) RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 10 SET search_path = pg_catalog, pg_temp
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET jit = off AS $$
BEGIN
    RETURN QUERY
    SELECT g.stream
      FROM log.grants p JOIN log.grants g ON g.holder = p.holder AND g.kind = 'group'
     WHERE p.stream = programme AND p.kind = 'programme'
       AND programme IN (SELECT wall.programmes())
     ORDER BY g.stream;
END $$;
REVOKE ALL ON FUNCTION wall.groups FROM PUBLIC;
GRANT EXECUTE ON FUNCTION wall.groups TO samenspoor_service, samenspoor_projector;
