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

-- stated --
-- What the client says about an entry stands beside it.
(e.type = {statement} AND EXISTS (
    SELECT FROM {schema}.entry a
     WHERE a.stream = e.stream AND a.event_id::text = e.facts->>'about' AND {words}))

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
