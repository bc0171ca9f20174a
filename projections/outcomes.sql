-- tables --
CREATE TABLE {schema}.counted (
    trajectory  uuid   NOT NULL,
    position    bigint NOT NULL,  -- of the entry in the log
    turn        text   NOT NULL,  -- what changed with it
    happened_on date   NOT NULL,
    thing       uuid,             -- the programme, another file, or the work or learning that it is about
    employer    uuid,
    kind        text,
    value       text,
    amount      double precision, -- hours, talks a month, how many benefits; which ones stands nowhere
    until       date
);
CREATE TABLE {schema}.talk (
    trajectory  uuid NOT NULL,
    happened_on date NOT NULL
);
CREATE TABLE {schema}.score (
    trajectory  uuid    NOT NULL,
    position    bigint  NOT NULL,
    happened_on date    NOT NULL,
    sealed      bytea   NOT NULL,  -- the score somebody gave themselves, as ciphertext
    sealed_by   uuid    NOT NULL,
    key_id      uuid    NOT NULL,
    corrected   boolean NOT NULL
);

-- wall --
-- Figures are of programmes: of who never entered one of the asker's nothing is counted.
CREATE FUNCTION {schema}.entered() RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
SET plan_cache_mode = force_generic_plan SET jit = off AS $$
BEGIN
    RETURN QUERY
    SELECT DISTINCT c.trajectory FROM outcomes.counted c
     WHERE c.turn = 'entered' AND c.thing IN (SELECT wall.programmes());
END $$;
REVOKE ALL ON FUNCTION {schema}.entered FROM PUBLIC;
GRANT EXECUTE ON FUNCTION {schema}.entered TO samenspoor_service;
ALTER TABLE {schema}.counted ENABLE ROW LEVEL SECURITY;
ALTER TABLE {schema}.talk ENABLE ROW LEVEL SECURITY;
ALTER TABLE {schema}.score ENABLE ROW LEVEL SECURITY;
CREATE POLICY wall ON {schema}.counted FOR SELECT TO samenspoor_service
 USING (trajectory IN (SELECT {schema}.entered()));
CREATE POLICY wall ON {schema}.talk FOR SELECT TO samenspoor_service USING (trajectory IN (SELECT {schema}.entered()));
CREATE POLICY wall ON {schema}.score FOR SELECT TO samenspoor_service
 USING (trajectory IN (SELECT {schema}.entered()));

-- indexes --
CREATE INDEX counted_trajectory ON {schema}.counted (trajectory, position);
CREATE INDEX counted_programme ON {schema}.counted (thing, trajectory) WHERE turn = 'entered';
CREATE INDEX talk_trajectory ON {schema}.talk (trajectory, happened_on);
CREATE INDEX score_trajectory ON {schema}.score (trajectory, position);

-- forget_counted --
DELETE FROM {schema}.counted WHERE trajectory = ANY(%b)

-- forget_talk --
DELETE FROM {schema}.talk WHERE trajectory = ANY(%b)

-- forget_score --
DELETE FROM {schema}.score WHERE trajectory = ANY(%b)

-- of --
SELECT c.trajectory, c.turn, c.happened_on, c.thing, c.employer, c.kind, c.value, c.amount, c.until
  FROM (SELECT DISTINCT trajectory FROM outcomes.counted
         WHERE turn = 'entered' AND thing = %(programme)s) AS here
  JOIN outcomes.counted c USING (trajectory)
 ORDER BY c.trajectory, c.position

-- groups --
SELECT wall.groups(%(programme)s)

-- talks --
SELECT date_trunc('month', day.happened_on)::date, day.person, sum(day.held)::int
  FROM (SELECT told.person, told.happened_on, max(told.held) AS held
          FROM (SELECT here.person, t.trajectory, t.happened_on, count(*) AS held
                  FROM unnest(%(files)s::uuid[], %(people)s::uuid[]) AS here (trajectory, person)
                  JOIN outcomes.talk t USING (trajectory)
                 WHERE t.happened_on BETWEEN %(since)s AND %(until)s
                 GROUP BY 1, 2, 3) AS told
         GROUP BY 1, 2) AS day
 GROUP BY 1, 2

-- scores --
SELECT s.trajectory, s.sealed, s.sealed_by, s.key_id, s.corrected
  FROM unnest(%(files)s::uuid[]) AS here (trajectory)
  JOIN outcomes.score s USING (trajectory)
 WHERE s.happened_on <= %(until)s
 ORDER BY s.happened_on, s.position
