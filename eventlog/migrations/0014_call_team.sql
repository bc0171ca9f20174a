-- Whom a client may call: who coaches or treats them, or stands in. Run by samenspoor_owner.

-- Gives of whom who asks may know how to reach them: the clients of whom they know all, for an
-- employer who coaches there, or stands in, and for the client who of the team answers them
-- (reference 0.1). Since which day, and that the job still runs, is finer than this wall.
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
     WHERE g.kind IN ('team', 'cover')
     UNION ALL
    SELECT g.holder
      FROM (SELECT DISTINCT stream FROM wall.ties() WHERE opens = 'client') AS t
      JOIN log.grants g ON g.stream = t.stream AND g.role IN ('job_coach', 'care_worker')
     WHERE g.kind IN ('team', 'cover');
END $$;
