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
    personal        boolean NOT NULL,  -- it must be their own, not their organisation's or employer's
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
           AND (p.kind = 'mandate' OR (p.kind = 'permission' AND p.role IN ('', acts_as)))
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

-- Gives who recorded something in the files that are asked about, in a role that who asks knows by
-- name, and who looked where they may read that: who left is still called by their name.
CREATE FUNCTION wall.were_there() RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 50 SET search_path = pg_catalog, pg_temp
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET jit = off AS $$
#variable_conflict use_column
DECLARE
    files uuid[];
BEGIN
    IF coalesce(wall.asks() -> 'files', 'null') = 'null' THEN
        RETURN;
    END IF;
    files := ARRAY(  -- of which may be read who looked
        SELECT f::uuid FROM jsonb_array_elements_text(wall.asks() -> 'files') AS f
         WHERE wall.oversees(f::uuid)
            OR EXISTS (SELECT FROM wall.seen() s
                        WHERE s.stream = f::uuid AND s.category = 'R' AND s.ground = 'always'));
    RETURN QUERY
    SELECT (h.header ->> 'actor')::uuid
      FROM (SELECT DISTINCT stream, opens FROM wall.ties()) AS t
      JOIN log.entry e ON e.originator_id = t.stream
     CROSS JOIN LATERAL (SELECT convert_from(e.header, 'UTF8')::json AS header) AS h
      JOIN wall.naming n ON n.role = t.opens AND n.known = h.header ->> 'role'
     UNION ALL
    SELECT a.person FROM log.access a WHERE a.trajectory = ANY(files)
     UNION ALL
    SELECT g.holder FROM log.grants g WHERE g.stream = ANY(files) AND g.kind = 'emergency';
END $$;

-- Says whether who asks looks back at what was opened in an emergency for their organisation.
CREATE FUNCTION wall.oversees(file uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET jit = off AS $$
BEGIN
    RETURN EXISTS (SELECT FROM log.grants g
                    WHERE g.stream = file AND g.kind = 'emergency'
                      AND g.organisation = ANY(wall.leads()));
END $$;

-- Gives the clients of whom who asks may know how to reach them.
CREATE FUNCTION wall.reached() RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 50 SET search_path = pg_catalog, pg_temp
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET jit = off AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT g.holder
      FROM wall.seen() s JOIN log.grants g ON g.stream = s.stream AND g.kind = 'client'
     WHERE s.category = 'A' AND s.words AND s.ground = 'always';
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

-- Gives the peer groups and programmes of which who asks may read more than the name.
CREATE FUNCTION wall.runs() RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 10 SET search_path = pg_catalog, pg_temp
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET jit = off AS $$
BEGIN
    RETURN QUERY
    SELECT g.stream FROM log.grants g
     WHERE (g.holder = wall.person() AND g.kind IN ('peer', 'invited'))
        OR (g.holder = ANY(wall.works_for())
            AND (g.kind = 'programme'
                 OR (g.kind = 'group' AND EXISTS (
                     SELECT FROM wall.opening o
                      WHERE o.role = wall.asks() ->> 'role' AND o.category = 'P'
                        AND o.ground = 'always' AND o.words))));
END $$;

-- Gives the programmes where who asks works, and those that drew them a sample.
CREATE FUNCTION wall.programmes() RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 10 SET search_path = pg_catalog, pg_temp
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET jit = off AS $$
BEGIN
    RETURN QUERY
    SELECT g.stream FROM log.grants g
     WHERE g.holder = ANY(wall.works_for()) AND g.kind = 'programme'
     UNION
    SELECT split_part(g.key, '/', 2)::uuid FROM log.grants g
     WHERE g.holder = wall.person() AND g.kind = 'sample' AND g.key ~ '^sample/[0-9a-f-]{36}/';
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
    OR ((emergency OR wall.asks() ->> 'role' = 'privacy_officer')
        AND wall.oversees(access.trajectory)));

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
