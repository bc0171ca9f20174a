-- tables --
-- What stands in the schema of every read model.
CREATE TABLE {schema}.parked (
    stream    uuid        NOT NULL PRIMARY KEY,
    position  bigint      NOT NULL,  -- of the entry that could not be taken in
    reason    text        NOT NULL,  -- names nobody
    parked_at timestamptz NOT NULL DEFAULT now(),
    retry     boolean     NOT NULL DEFAULT false
);
CREATE TABLE {schema}.made (
    digest  text        NOT NULL,    -- of the SQL and of the shape of what is kept
    made_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE {schema}.trouble (
    happened_at timestamptz NOT NULL DEFAULT now(),
    error       text        NOT NULL
);

-- grants --
GRANT USAGE ON SCHEMA {schema} TO samenspoor_service;
GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO samenspoor_service;

-- seen --
-- Whether the wall lets something through of an entry: its facts, or its words.
(current_user = 'samenspoor_projector' OR EXISTS (
    SELECT FROM seen s
     WHERE s.stream = {of} AND s.category = {entry}.category AND s.{what}
       AND CASE s.ground
           WHEN 'own' THEN wall.person() IN ({entry}.actor, {entry}.on_behalf_of)
                        OR wall.person() = ANY({entry}.addressed)
           WHEN 'own_job' THEN s.employer = {entry}.employer
           ELSE true END))

-- sent --
-- What the client sent to who asks, and that it was sent, as long as that stands.
({entry}.event_id IN (SELECT wall.sent())
 OR ({entry}.type = {sending}
     AND {entry}.facts->>'sending' IN (SELECT s::text FROM wall.sent() AS s)))

-- stated --
-- What the client says about an entry stands beside it.
(e.type = {statement} AND EXISTS (
    SELECT FROM {schema}.entry a
     WHERE a.stream = e.stream AND a.event_id::text = e.facts->>'about' AND ({words} OR {sent})))

-- states --
CREATE TABLE {schema}.trajectory (
    trajectory uuid NOT NULL,
    client     uuid,
    state      json NOT NULL  -- ids, dates, kinds and counts
);

-- told --
-- The service reads a state as far as the wall tells it, by the view alone.
ALTER TABLE {schema}.trajectory ENABLE ROW LEVEL SECURITY;
REVOKE SELECT ON {schema}.trajectory FROM samenspoor_service;
CREATE VIEW {schema}.told WITH (security_barrier) AS
SELECT t.trajectory, t.client, wall.told(t.state, seen.categories) AS state
  FROM {schema}.trajectory t
  JOIN (SELECT s.stream, array_agg(s.category) FILTER (WHERE s.follows) AS categories
          FROM wall.seen() AS s GROUP BY s.stream) AS seen ON seen.stream = t.trajectory
 WHERE current_user <> 'samenspoor_projector'
 UNION ALL
SELECT t.trajectory, t.client, t.state FROM {schema}.trajectory t
 WHERE current_user = 'samenspoor_projector';
GRANT SELECT ON {schema}.told TO samenspoor_service;

-- made --
INSERT INTO {schema}.made (digest) VALUES (%s)

-- digest --
SELECT digest FROM {schema}.made

-- position --
SELECT notification_id FROM {schema}.notification_tracking WHERE application_name = 'log' FOR UPDATE

-- parked --
SELECT stream, retry FROM {schema}.parked

-- park --
INSERT INTO {schema}.parked (stream, position, reason)
SELECT * FROM unnest(%s::uuid[], %s::bigint[], %s::text[])
    ON CONFLICT (stream) DO NOTHING

-- unpark --
DELETE FROM {schema}.parked WHERE stream = ANY(%s)

-- trouble --
WITH old AS (DELETE FROM {schema}.trouble)
INSERT INTO {schema}.trouble (error) VALUES (%s)
