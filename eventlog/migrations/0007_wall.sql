-- The second wall: the most that a reader may be given of trajectories, kept by the database from
-- the grants, whatever the application thinks. It knows rows, their words and the parts of a state;
-- what is finer is left to the policy, from which `samenspoor migrate` fills its tables.
--
-- Who asks stands in the setting samenspoor.asks of the transaction, as JSON: person, role,
-- organisation, day and, when only these are asked for, files. Without it nothing is seen.

CREATE SCHEMA wall;

-- By which grants somebody comes in, and as which role they then read.
CREATE TABLE wall.way (
    role            text    NOT NULL,
    kind            text    NOT NULL,
    of              text    NOT NULL,  -- the role in that grant; '' for any
    opens           text    NOT NULL,
    held            boolean NOT NULL,  -- only while they hold their role somewhere
    by_organisation boolean NOT NULL,  -- it need not be theirs, but of an organisation they work for
    PRIMARY KEY (role, kind, of)
);
-- The matrix: on which ground a role sees what.
CREATE TABLE wall.opening (
    role     text    NOT NULL,
    category text    NOT NULL,
    outside  boolean NOT NULL,  -- no coach on the team works for the care organisation
    ground   text    NOT NULL,  -- always, permission, own, own_job
    facts    boolean NOT NULL,
    words    boolean NOT NULL,
    follows  boolean NOT NULL,  -- also what follows from the facts of all entries
    PRIMARY KEY (role, category, outside, ground)
);
-- Whose names a role knows around a client.
CREATE TABLE wall.naming (
    role  text NOT NULL,
    known text NOT NULL,
    PRIMARY KEY (role, known)
);
-- Who knows whom by name that works somewhere, without a client between them.
CREATE TABLE wall.staff (
    role  text NOT NULL,
    known text NOT NULL,
    PRIMARY KEY (role, known)
);
-- From which categories each part of a state follows.
CREATE TABLE wall.piece (
    part       integer NOT NULL,  -- counted from 1
    field      integer NOT NULL,  -- counted from 1; 0: the part is one thing
    categories text[]  NOT NULL,
    empty      json    NOT NULL,
    PRIMARY KEY (part, field)
);

-- Who asks; NULL when nobody said so.
CREATE FUNCTION wall.asks() RETURNS jsonb LANGUAGE sql STABLE AS $$
    SELECT nullif(current_setting('samenspoor.asks', true), '')::jsonb
$$;
CREATE FUNCTION wall.person() RETURNS uuid LANGUAGE sql STABLE AS $$
    SELECT (nullif(current_setting('samenspoor.asks', true), '')::jsonb ->> 'person')::uuid
$$;

-- Gives the organisations for which who asks holds the role they act in, today.
CREATE FUNCTION wall.works_for() RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
SET plan_cache_mode = force_generic_plan SET jit = off AS $$
DECLARE
    asks jsonb := wall.asks();
BEGIN
    RETURN ARRAY(
        SELECT g.organisation FROM log.grants g
         WHERE g.holder = (asks ->> 'person')::uuid AND g.kind = 'role' AND g.role = asks ->> 'role'
           AND (g.until IS NULL OR (asks ->> 'day')::date <= g.until)
           AND coalesce(g.organisation = (asks ->> 'organisation')::uuid, true));
END $$;

-- Gives what ties who asks to trajectories. An ended job still ties an employer: that it ended.
CREATE FUNCTION wall.ties() RETURNS TABLE (
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
    holds boolean;
    holders uuid[];
    files uuid[];
BEGIN
    IF me IS NULL OR today IS NULL THEN
        RETURN;
    END IF;
    works_for := wall.works_for();
    holds := EXISTS (SELECT FROM log.grants g
                      WHERE g.holder = me AND g.kind = 'role' AND g.role = acts_as
                        AND (g.until IS NULL OR today <= g.until));
    holders := me || works_for;
    IF acts_as = 'employer' THEN
        holders := holders || ARRAY(
            SELECT g.stream FROM log.grants g
             WHERE g.holder = me AND g.kind = 'contact' AND (g.until IS NULL OR today <= g.until));
    END IF;
    IF coalesce(asks -> 'files', 'null') = 'null' THEN
        files := ARRAY(SELECT DISTINCT g.stream FROM log.grants g WHERE g.holder = ANY(holders));
    ELSE
        files := ARRAY(SELECT f::uuid FROM jsonb_array_elements_text(asks -> 'files') AS f);
    END IF;
    RETURN QUERY
    WITH here AS MATERIALIZED (
        SELECT g.*, g.until IS NULL OR today <= g.until AS live
          FROM log.grants g WHERE g.stream = ANY(files)
    )
    SELECT DISTINCT h.stream, w.opens,
           w.opens IN ('job_coach', 'care_worker') AND NOT EXISTS (
               SELECT FROM here c JOIN here s ON s.stream = c.stream
                                             AND s.organisation = c.organisation
                WHERE c.stream = h.stream AND c.live AND s.live
                  AND c.kind IN ('team', 'cover') AND c.role = 'job_coach'
                  AND s.kind IN ('team', 'emergency') AND s.role = 'care_worker'),
           CASE WHEN h.kind = 'employer' THEN h.holder END,
           h.live,
           (SELECT ',' || string_agg(p.categories, ',') || ',' FROM here p
             WHERE p.stream = h.stream AND p.live AND p.holder = ANY(holders)
               AND p.kind = CASE h.kind WHEN 'mandate' THEN 'mandate' ELSE 'permission' END
               AND (p.kind = 'mandate' OR p.role IN ('', acts_as))
               AND NOT (h.kind = 'network' AND EXISTS (  -- who sees the own actions, and no more
                   SELECT FROM here s
                    WHERE s.stream = h.stream AND s.live AND s.kind = 'share'
                      AND s.holder = me AND s.role = 'own_actions')))
      FROM here h
      JOIN wall.way w ON w.role = acts_as AND w.kind = h.kind AND w.of IN ('', h.role)
     WHERE (h.live OR h.kind = 'employer')
       AND (holds OR NOT w.held)
       AND CASE WHEN w.by_organisation THEN h.organisation = ANY(works_for)
                ELSE h.holder = ANY(holders) END
       -- Until the moment that its key ends with.
       AND CASE WHEN h.kind = 'emergency'
                THEN (asks ->> 'now')::timestamptz
                     < nullif(split_part(h.key, '/', 3), '')::timestamptz
                ELSE true END;
END $$;

-- Gives the rows of the matrix that who asks sees of each trajectory: `always` every entry, `own`
-- what they recorded, had recorded or was addressed to them, `own_job` what is about an employer
-- that they speak for.
CREATE FUNCTION wall.seen() RETURNS TABLE (
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
     WHERE o.ground <> 'permission' OR strpos(t.permitted, ',' || o.category || ',') > 0;
END $$;

-- Leaves of the state of a trajectory the parts that follow from these categories.
CREATE FUNCTION wall.told(state json, seen text[]) RETURNS json
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
SET plan_cache_mode = force_generic_plan SET jit = off AS $$
BEGIN
    RETURN (
        SELECT json_agg(
                   CASE WHEN whole.empty IS NOT NULL
                        THEN CASE WHEN whole.categories <@ seen THEN p.value ELSE whole.empty END
                        ELSE coalesce((
                            SELECT json_agg(CASE WHEN c.categories <@ seen THEN f.value
                                                 ELSE c.empty END ORDER BY f.at)
                              FROM json_array_elements(p.value) WITH ORDINALITY AS f (value, at)
                              JOIN wall.piece c ON c.part = p.at AND c.field = f.at), '[]')
                   END ORDER BY p.at)
          FROM json_array_elements(state) WITH ORDINALITY AS p (value, at)
          LEFT JOIN wall.piece whole ON whole.part = p.at AND whole.field = 0);
END $$;

-- Gives the people whose names who asks knows around the clients they are tied to.
CREATE FUNCTION wall.around() RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 50 SET search_path = pg_catalog, pg_temp
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET jit = off AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT g.holder
      FROM (SELECT DISTINCT stream, opens FROM wall.ties()) AS t
      JOIN log.grants g ON g.stream = t.stream
      JOIN wall.naming n ON n.role = t.opens
       AND n.known = CASE g.kind WHEN 'client' THEN 'client' WHEN 'network' THEN 'network_member'
                                 WHEN 'mandate' THEN 'legal_representative' ELSE g.role END
     WHERE g.kind IN ('client', 'team', 'network', 'mandate', 'cover', 'emergency');
END $$;

-- Gives who recorded something around the clients of who asks, in a role that they know by name:
-- who left is still called by it.
CREATE FUNCTION wall.recorded() RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 50 SET search_path = pg_catalog, pg_temp
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET jit = off AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT (h.header ->> 'actor')::uuid
      FROM (SELECT DISTINCT stream, opens FROM wall.ties()) AS t
      JOIN log.entry e ON e.originator_id = t.stream
     CROSS JOIN LATERAL (SELECT convert_from(e.header, 'UTF8')::json AS header) AS h
      JOIN wall.naming n ON n.role = t.opens AND n.known = h.header ->> 'role';
END $$;

-- Says whether who asks and this person both work somewhere, or are in one peer group.
CREATE FUNCTION wall.beside(someone uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET jit = off AS $$
BEGIN
    RETURN (wall.works_for() <> '{}'
            AND EXISTS (SELECT FROM log.grants g
                          JOIN wall.staff s ON s.role = wall.asks() ->> 'role' AND s.known = g.role
                         WHERE g.holder = someone AND g.kind = 'role'))
        OR EXISTS (SELECT FROM log.grants m JOIN log.grants g ON g.stream = m.stream
                    WHERE m.holder = wall.person() AND m.kind = 'peer'
                      AND g.holder = someone AND g.kind = 'peer');
END $$;

-- Gives the organisations of which who asks leads or oversees the teams.
CREATE FUNCTION wall.leads() RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN CASE WHEN EXISTS (SELECT FROM wall.way w
                              WHERE w.role = wall.asks() ->> 'role' AND w.by_organisation)
                THEN wall.works_for() ELSE '{}' END;
END $$;

-- Says whether who asks works where there are programmes, or audits one: figures name nobody.
CREATE FUNCTION wall.counts() RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET jit = off AS $$
BEGIN
    RETURN EXISTS (SELECT FROM log.grants g
                    WHERE (g.holder = ANY(wall.works_for()) AND g.kind = 'programme')
                       OR (g.holder = wall.person() AND g.kind = 'sample'));
END $$;

-- Who looked is read by whom the matrix lets (R); of their own organisation by who audits or
-- oversees it. Whether anybody looked at all is asked by a command, for whoever asks it.
ALTER TABLE log.access ENABLE ROW LEVEL SECURITY;
CREATE POLICY wall ON log.access FOR SELECT TO samenspoor_service USING (
       EXISTS (SELECT FROM wall.seen() s
                WHERE s.stream = access.trajectory AND s.category = 'R' AND s.facts
                  AND (s.ground = 'always' OR access.person = wall.person()))
    OR (wall.asks() ->> 'role' = 'auditor'
        AND organisation = ANY((SELECT wall.works_for())::uuid[])
        AND trajectory IN (SELECT t.stream FROM wall.ties() AS t))
    OR EXISTS (SELECT FROM log.grants g
                WHERE g.stream = access.trajectory AND g.kind = 'emergency'
                  AND g.organisation = ANY((SELECT wall.leads())::uuid[])));

CREATE FUNCTION log.looked(file uuid, since timestamptz, but uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN EXISTS (SELECT FROM log.access a
                    WHERE a.trajectory = file AND a.at >= since AND a.person <> but);
END $$;

REVOKE ALL ON FUNCTION log.looked FROM PUBLIC;
GRANT EXECUTE ON FUNCTION log.looked TO samenspoor_service;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA wall FROM PUBLIC;
GRANT USAGE ON SCHEMA wall TO samenspoor_service, samenspoor_projector;
GRANT SELECT ON ALL TABLES IN SCHEMA wall TO samenspoor_service;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA wall TO samenspoor_service, samenspoor_projector;
