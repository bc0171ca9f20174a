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

-- asked --
-- What a view asks the wall, once for all its rows.
seen AS MATERIALIZED (SELECT * FROM wall.seen()),
gone AS MATERIALIZED (SELECT * FROM wall.gone()),
closed AS MATERIALIZED (SELECT * FROM wall.closed())

-- exists --
-- Whether an entry exists for who asks: not what was shielded or taken back, nor what tells of it, and
-- what is for some alone or for later, as the policy has it.
(current_user = 'samenspoor_projector'
 OR ((wall.person() IN (e.actor, e.on_behalf_of)
      OR NOT EXISTS (
         SELECT FROM gone g
          WHERE g.stream = e.stream
            AND (g.id = e.event_id::text
                 OR EXISTS (SELECT FROM json_each_text(e.facts) f WHERE f.value = g.id))))
     AND NOT EXISTS (
         SELECT FROM closed c
          WHERE (c.type = e.type
                 OR (c.type = e.facts->>'target_type' AND c.ground <> 'to_come'))
            AND NOT coalesce(CASE c.ground
                WHEN 'recorded' THEN wall.person() IN (e.actor, e.on_behalf_of)
                WHEN 'addressed' THEN wall.person() IN (e.actor, e.on_behalf_of)
                                   OR wall.person() = ANY(e.addressed)
                WHEN 'to_come' THEN e.facts->>c.field >= wall.asks()->>'day'
                WHEN 'judged' THEN (
                    SELECT a.facts->>c.field IN (SELECT wall.judged())
                      FROM {schema}.{table} a
                     WHERE a.stream = e.stream
                       AND a.event_id::text = coalesce(e.facts->>'target', e.event_id::text)
                     LIMIT 1)
                END, false))))

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
