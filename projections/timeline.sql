-- tables --
CREATE TABLE {schema}.entry (
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
    changed      bigint      NOT NULL,  -- its own position, or that of its correction
    corrected_by uuid,
    corrected_at timestamptz,
    facts        json        NOT NULL,  -- fields of kind fact, in the clear
    sealed       bytea       NOT NULL,  -- the whole body, as ciphertext
    sealed_by    uuid        NOT NULL,  -- the entry that it was sealed for
    key_id       uuid        NOT NULL
);
ALTER TABLE {schema}.entry ALTER COLUMN sealed SET STORAGE EXTERNAL;

-- wall --
-- The service reads what the wall lets through by the view, and nothing of the table itself. In the
-- order of the index: the wall keeps the planner from looking in, and a page would sort a whole file.
ALTER TABLE {schema}.entry ENABLE ROW LEVEL SECURITY;
REVOKE SELECT ON {schema}.entry FROM samenspoor_service;
CREATE VIEW {schema}.shown WITH (security_barrier) AS
WITH {asked}
SELECT {columns}, CASE WHEN {words} OR {words_of_about} OR {sent} THEN e.sealed END AS sealed
  FROM {schema}.entry e
 WHERE ({facts} OR {words_of_about} OR {sent}) AND {entry_exists}
 ORDER BY e.stream, e.occurred_on DESC, e.position DESC;
GRANT SELECT ON {schema}.shown TO samenspoor_service;

-- indexes --
CREATE INDEX entry_page ON {schema}.entry (stream, occurred_on DESC, position DESC);

-- forget --
DELETE FROM {schema}.entry WHERE stream = ANY(%b)

-- page --
SELECT {read}
  FROM timeline.shown e
 WHERE e.stream = %(trajectory)s
   AND (%(on)s::date IS NULL OR (e.occurred_on, e.position) < (%(on)s, %(at)s::bigint))
   AND (%(until)s::date IS NULL OR e.occurred_on <= %(until)s)
   AND (%(since)s::bigint IS NULL OR e.changed > %(since)s)
   AND (%(roles)s::text[] IS NULL OR e.role = ANY(%(roles)s))
   AND {within}
 ORDER BY e.occurred_on DESC, e.position DESC
 LIMIT %(limit)s

-- glances --
-- The last entry of each file as long as all of it is in here: what a kept page hangs on.
-- The arrays stand in subselects so that the planner keeps one plan for all of them.
SELECT ({grants} WHERE g.stream = asked.stream),
       ({held} asked.person),
       (SELECT l.notification_id
          FROM (SELECT e.notification_id FROM log.entry e WHERE e.originator_id = asked.stream
                 ORDER BY e.originator_version DESC LIMIT 1) AS l
         WHERE l.notification_id <= tracked.notification_id
           AND NOT EXISTS (SELECT FROM timeline.parked p WHERE p.stream = asked.stream)),
       directory.changed
  FROM unnest((SELECT %(streams)s::uuid[]), (SELECT %(persons)s::uuid[]))
           WITH ORDINALITY AS asked (stream, person, at),
       timeline.notification_tracking AS tracked,
       (SELECT max(m.changed) AS changed FROM directory.mark m) AS directory
 ORDER BY asked.at

-- beside --
-- Entries by their ids, those of some types, and statements by the ids that they are about. What
-- cannot leak is asked before the wall: few of a whole file are left for it.
SELECT {read}
  FROM timeline.shown e
 WHERE e.stream = %(trajectory)s
   AND (e.event_id = ANY(%(ids)s::uuid[]) OR e.type = %(statement)s
        OR e.type = ANY(%(types)s::text[]))
   AND (e.event_id = ANY(%(ids)s::uuid[]) OR e.facts->>'about' = ANY(%(about)s::text[])
        OR e.type = ANY(%(types)s::text[]))
 ORDER BY e.position

-- lately --
-- Entries of some types in some files, the last recorded first.
SELECT {read}
  FROM timeline.shown e
 WHERE e.stream = ANY(%(trajectories)s::uuid[]) AND e.type = ANY(%(types)s::text[])
   AND e.occurred_on >= %(since)s
 ORDER BY e.position DESC
 LIMIT %(limit)s

-- one --
SELECT {read}
  FROM timeline.shown e
 WHERE e.stream = %(trajectory)s AND e.event_id = %(event_id)s AND {within}
