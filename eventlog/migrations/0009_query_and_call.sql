-- What was asked when somebody looked (NEN 7513: event ids or query): known_at, lane, categories and
-- the like, with their values; never words. And whom an employer may call. Run by samenspoor_owner.

ALTER TABLE log.access ADD COLUMN query jsonb;  -- not known of older lines

-- Notes looks, each an object with the columns of the table.
CREATE OR REPLACE FUNCTION log.note_access(looks json) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
SET lock_timeout = '2s' AS $$  -- who waits for it waits before seeing anything
BEGIN
    INSERT INTO log.access (at, trajectory, person, role, organisation, on_behalf_of, view,
                            categories, basis, request, permissions, emergency, reason, query)
    SELECT l.at, l.trajectory, l.person, l.role, l.organisation, l.on_behalf_of, l.view,
           l.categories, l.basis, l.request, coalesce(l.permissions, '{}'), l.reason IS NOT NULL,
           l.reason, l.query
      FROM json_to_recordset(looks)
           AS l (at timestamptz, trajectory uuid, person uuid, role text, organisation uuid,
                 on_behalf_of uuid, view text, categories text, basis text, request uuid,
                 permissions uuid[], reason uuid, query jsonb)
        ON CONFLICT DO NOTHING;
END $$;

-- Gives of whom who asks may know how to reach them: the clients of whom they know all, and for an
-- employer who coaches there, or stands in (reference 0.1). Since which day, and that the job still
-- runs, is finer than this wall.
CREATE OR REPLACE FUNCTION wall.reached() RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 50 SET search_path = pg_catalog, pg_temp
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET jit = off AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT g.holder
      FROM wall.seen() s JOIN log.grants g ON g.stream = s.stream AND g.kind = 'client'
     WHERE s.category = 'A' AND s.words AND s.ground = 'always'
     UNION ALL
    SELECT g.holder
      FROM (SELECT DISTINCT stream FROM wall.ties() WHERE opens = 'employer') AS t
      JOIN log.grants g ON g.stream = t.stream AND g.role = 'job_coach'
     WHERE g.kind IN ('team', 'cover');
END $$;
