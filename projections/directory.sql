-- tables --
CREATE TABLE {schema}.standing (
    slot         text        NOT NULL,
    name         text,                  -- of an organisation, employer or programme; never a person's
    sought       text COLLATE "C",      -- an employer's name without case and accents
    about        uuid,                  -- the organisation of a role, the person of a contact, what a funding pays
    position     bigint      NOT NULL,
    stream       uuid        NOT NULL,  -- the person, organisation, employer or programme
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

-- wall --
-- What names a person, is about one trajectory or within a group or programme is let through by the
-- wall; the rest is no secret to whoever says who they are. The service reads nothing of the table itself.
ALTER TABLE {schema}.standing ENABLE ROW LEVEL SECURITY;
REVOKE SELECT ON {schema}.standing FROM samenspoor_service;
CREATE VIEW {schema}.shown WITH (security_barrier) AS
WITH seen AS MATERIALIZED (SELECT * FROM wall.seen())
SELECT slot, name, sought, about, {columns},
       CASE WHEN NOT starts_with(e.slot, 'funding') OR {words_about} THEN e.sealed END AS sealed
  FROM {schema}.standing e
 WHERE CASE WHEN e.slot = 'person'
            THEN e.stream = wall.person() OR e.stream IN (SELECT wall.around())
              OR wall.beside(e.stream) OR e.stream IN (SELECT wall.were_there())
            WHEN e.slot = 'contact'
            THEN e.stream = wall.person() OR e.stream IN (SELECT wall.reached())
            WHEN starts_with(e.slot, 'funding') THEN {facts_about}
            WHEN e.slot IN ('organisation', 'employer', 'programme')
              OR starts_with(e.slot, 'role/') OR starts_with(e.slot, 'contact/')
            THEN wall.person() IS NOT NULL
            ELSE e.stream IN (SELECT wall.runs()) END
    OR current_user = 'samenspoor_projector';
GRANT SELECT ON {schema}.shown TO samenspoor_service;
-- When something last changed here: names stand on every page.
CREATE VIEW {schema}.mark AS SELECT d.changed FROM {schema}.standing d;
GRANT SELECT ON {schema}.mark TO samenspoor_service;

-- indexes --
CREATE UNIQUE INDEX standing_slot ON {schema}.standing (stream, slot);
CREATE INDEX standing_sought ON {schema}.standing (sought, stream) WHERE sought IS NOT NULL;
CREATE INDEX standing_changed ON {schema}.standing (changed);
CREATE INDEX standing_about ON {schema}.standing (about, stream) WHERE about IS NOT NULL;

-- forget --
DELETE FROM {schema}.standing WHERE stream = ANY(%b)

-- end --
DELETE FROM {schema}.standing s
 USING unnest(%b::uuid[], %b::text[]) AS ended (stream, slot)
 WHERE s.stream = ended.stream AND s.slot = ended.slot

-- names --
SELECT e.stream, e.slot, e.name, {read}
  FROM directory.shown e
 WHERE e.stream = ANY(%(ids)s::uuid[])
   AND e.slot = ANY('{person,organisation,employer,programme}'::text[])

-- reached --
SELECT DISTINCT ON (e.stream) e.stream, {read}
  FROM directory.shown e
 WHERE e.stream = ANY(%(ids)s::uuid[]) AND e.slot = ANY('{contact,person}'::text[])
 ORDER BY e.stream, e.slot COLLATE "C"  -- what changed since goes before what was registered

-- one --
SELECT e.slot, {read}
  FROM directory.shown e
 WHERE e.stream = %(stream)s
 ORDER BY e.slot COLLATE "C"

-- employers --
SELECT e.stream, e.slot, e.name, {read}
  FROM directory.shown e
 WHERE e.sought >= %(start)s AND e.sought < %(end)s
   AND (e.sought, e.stream) > (%(after)s, %(id)s)
 ORDER BY e.sought, e.stream
 LIMIT %(limit)s

-- fundings --
SELECT {read}
  FROM directory.shown e
 WHERE e.about = %(trajectory)s AND starts_with(e.slot, 'funding')
 ORDER BY e.position

-- roles --
SELECT e.stream, e.slot, e.about
  FROM directory.shown e
 WHERE e.stream = ANY(%(persons)s::uuid[]) AND starts_with(e.slot, 'role/')
 ORDER BY e.stream, e.slot COLLATE "C"

-- working --
SELECT e.stream, e.slot, e.about
  FROM directory.shown e
 WHERE e.about = ANY(%(organisations)s::uuid[]) AND starts_with(e.slot, 'role/')
 ORDER BY e.stream, e.slot COLLATE "C"

-- contacts --
SELECT e.about
  FROM directory.shown e
 WHERE e.stream = %(employer)s AND starts_with(e.slot, 'contact/')
 ORDER BY e.position

-- where --
-- Where anybody works in one of these roles: organisations, and nobody.
SELECT DISTINCT e.about
  FROM directory.shown e
 WHERE starts_with(e.slot, 'role/') AND split_part(e.slot, '/', 2) = ANY(%(roles)s)
