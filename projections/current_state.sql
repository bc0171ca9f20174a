-- tables --
CREATE TABLE {schema}.standing (
    slot         text        NOT NULL,
    position     bigint      NOT NULL,
    stream       uuid        NOT NULL,  -- the trajectory
    version      integer     NOT NULL,
    event_id     uuid        NOT NULL,
    type         text        NOT NULL,
    category     text        NOT NULL,
    occurred_on  date        NOT NULL,
    recorded_at  timestamptz NOT NULL,
    actor        uuid        NOT NULL,
    role         text        NOT NULL,
    organisation uuid,
    on_behalf_of uuid,
    origin       text        NOT NULL,
    employer     uuid,
    placement    uuid,
    addressed    uuid[],
    changed      bigint      NOT NULL,
    corrected_by uuid,
    corrected_at timestamptz,
    facts        json        NOT NULL,  -- fields of kind fact, in the clear
    sealed       bytea       NOT NULL,  -- the whole body, as ciphertext
    sealed_by    uuid        NOT NULL,
    key_id       uuid        NOT NULL
);
ALTER TABLE {schema}.standing ALTER COLUMN sealed SET STORAGE EXTERNAL;
{states}

-- wall --
-- The service reads what the wall lets through by the view, and nothing of the table itself.
ALTER TABLE {schema}.standing ENABLE ROW LEVEL SECURITY;
REVOKE SELECT ON {schema}.standing FROM samenspoor_service;
CREATE VIEW {schema}.shown WITH (security_barrier) AS
WITH {asked}
SELECT slot, {columns}, CASE WHEN {words} OR {sent} THEN e.sealed END AS sealed
  FROM {schema}.standing e
 WHERE ({facts} OR {sent}) AND {standing_exists};
GRANT SELECT ON {schema}.shown TO samenspoor_service;
{told}

-- indexes --
CREATE UNIQUE INDEX standing_slot ON {schema}.standing (stream, slot);
CREATE UNIQUE INDEX trajectory_key ON {schema}.trajectory (trajectory);

-- forget --
DELETE FROM {schema}.standing WHERE stream = ANY(%b)

-- end --
DELETE FROM {schema}.standing s
 USING unnest(%b::uuid[], %b::text[]) AS ended (stream, slot)
 WHERE s.stream = ended.stream AND (s.slot = ended.slot OR starts_with(s.slot, ended.slot || '/'))

-- take --
DELETE FROM {schema}.standing s
 USING unnest(%b::uuid[], %b::text[]) AS taken (stream, slot)
 WHERE s.stream = taken.stream AND s.slot = taken.slot

-- forget_trajectory --
DELETE FROM {schema}.trajectory WHERE trajectory = ANY(%b)

-- standing --
SELECT e.slot, {read}
  FROM current_state.shown e
 WHERE e.stream = %(trajectory)s AND {within}
 ORDER BY e.slot COLLATE "C"

-- trajectory --
SELECT state::text
  FROM current_state.told
 WHERE trajectory = %(trajectory)s

-- gives --
SELECT s.stream
  FROM wall.seen() AS s
 WHERE s.follows
 GROUP BY s.stream
HAVING array_agg(s.category) @> %(categories)s::text[]
 UNION ALL
SELECT unnest(%(trajectories)s::uuid[]) WHERE current_user = 'samenspoor_projector'
