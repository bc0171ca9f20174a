-- tables --
CREATE TABLE {schema}.entry (
    position     bigint      NOT NULL,
    stream       uuid        NOT NULL,
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
    addressed    uuid[],
    employer     uuid,
    corrects     uuid,
    corrected_by uuid,
    facts        json        NOT NULL  -- as they were recorded
);

-- wall --
-- The service reads what the wall lets through by the view, and nothing of the table itself. In the
-- order of the index, as the timeline does.
ALTER TABLE {schema}.entry ENABLE ROW LEVEL SECURITY;
REVOKE SELECT ON {schema}.entry FROM samenspoor_service;
CREATE VIEW {schema}.shown WITH (security_barrier) AS
WITH {asked}
SELECT e.*, l.envelope, l.key_id, {words} OR {sent} AS with_words,
       CASE WHEN {words} OR {sent} THEN l.state END AS sealed
  FROM {schema}.entry e
  JOIN log.entry l ON l.notification_id = e.position
 WHERE ({facts} OR {sent}) AND {entry_exists}
 ORDER BY e.stream, e.position DESC;
GRANT SELECT ON {schema}.shown TO samenspoor_service;

-- indexes --
CREATE INDEX entry_page ON {schema}.entry (stream, position DESC);

-- forget --
DELETE FROM {schema}.entry WHERE stream = ANY(%b)

-- page --
-- Envelope and ciphertext are the log's own bytes: what is shown is what is sealed.
SELECT e.position, e.stream, e.version, e.event_id, e.type, e.category, e.occurred_on,
       e.recorded_at, e.actor, e.role, e.organisation, e.on_behalf_of, e.origin, e.employer,
       e.corrects, e.corrected_by, e.facts::text, e.envelope, e.sealed, e.key_id
  FROM audit_trail.shown e
 WHERE e.stream = %(stream)s
   AND (%(before)s::bigint IS NULL OR e.position < %(before)s)
   AND (%(since)s::timestamptz IS NULL OR e.recorded_at >= %(since)s)
   AND (%(until)s::timestamptz IS NULL OR e.recorded_at < %(until)s)
   AND {within}
 ORDER BY e.position DESC
 LIMIT %(limit)s

-- let_through --
-- What the wall gives of a trajectory, and whether with its words; without an id: it is parked.
SELECT e.event_id, e.with_words FROM audit_trail.shown e WHERE e.stream = %(stream)s
 UNION ALL
SELECT NULL, false FROM audit_trail.parked p WHERE p.stream = %(stream)s
