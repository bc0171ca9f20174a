-- tables --
{states}
CREATE TABLE {schema}.member (
    person       uuid NOT NULL,
    trajectory   uuid NOT NULL,
    role         text NOT NULL,
    organisation uuid
);
CREATE TABLE {schema}.person (
    person    uuid    NOT NULL,
    sealed    bytea   NOT NULL,  -- the registration of this person, as ciphertext
    sealed_by uuid    NOT NULL,
    key_id    uuid    NOT NULL,
    corrected boolean NOT NULL
);
CREATE TABLE {schema}.waiting (
    trajectory   uuid NOT NULL,
    setback      uuid NOT NULL,
    signalled_on date NOT NULL
);

-- wall --
{told}
ALTER TABLE {schema}.member ENABLE ROW LEVEL SECURITY;
CREATE POLICY wall ON {schema}.member FOR SELECT TO samenspoor_service
 USING (person = wall.person() OR organisation = ANY((SELECT wall.leads())::uuid[]));
ALTER TABLE {schema}.person ENABLE ROW LEVEL SECURITY;
CREATE POLICY wall ON {schema}.person FOR SELECT TO samenspoor_service
 USING (person IN (SELECT wall.around()));
-- To who leads the team, of signals that wait since when and with which coaches, and of no file.
ALTER TABLE {schema}.waiting ENABLE ROW LEVEL SECURITY;
REVOKE SELECT ON {schema}.waiting FROM samenspoor_service;
CREATE VIEW {schema}.unanswered WITH (security_barrier) AS
SELECT w.signalled_on,
       ARRAY(SELECT m.person FROM {schema}.member m
              WHERE m.trajectory = w.trajectory AND m.role = 'job_coach') AS coaches
  FROM {schema}.waiting w
 WHERE wall.asks() ->> 'role' = 'team_lead'
   AND NOT EXISTS (SELECT FROM log.grants g
                    WHERE g.stream = w.trajectory AND g.kind IN ('shielded', 'undone')
                      AND g.holder = w.setback)
   AND w.trajectory IN (
       SELECT m.trajectory FROM {schema}.member m
        WHERE m.role = 'job_coach' AND m.organisation = ANY((SELECT wall.leads())::uuid[])
        UNION ALL
       SELECT g.stream FROM log.grants g
        WHERE g.kind = 'left' AND g.holder = ANY((SELECT wall.leads())::uuid[]));
GRANT SELECT ON {schema}.unanswered TO samenspoor_service;

-- indexes --
CREATE UNIQUE INDEX trajectory_key ON {schema}.trajectory (trajectory);
CREATE INDEX member_person ON {schema}.member (person, trajectory);
CREATE INDEX member_trajectory ON {schema}.member (trajectory);
CREATE UNIQUE INDEX person_key ON {schema}.person (person);
CREATE INDEX waiting_trajectory ON {schema}.waiting (trajectory);

-- forget_trajectory --
DELETE FROM {schema}.trajectory WHERE trajectory = ANY(%b)

-- forget_member --
DELETE FROM {schema}.member WHERE trajectory = ANY(%b)

-- forget_waiting --
DELETE FROM {schema}.waiting WHERE trajectory = ANY(%b)

-- forget_person --
DELETE FROM {schema}.person WHERE person = ANY(%b)

-- of --
SELECT m.trajectory, m.role, m.organisation
  FROM caseload.member m
 WHERE m.person = %(person)s AND (%(role)s::text IS NULL OR m.role = %(role)s)
 ORDER BY m.trajectory

-- led --
SELECT DISTINCT m.trajectory, 'job_coach', NULL::uuid
  FROM caseload.member m
 WHERE m.role = 'job_coach' AND m.organisation = ANY(%(organisations)s)
 ORDER BY m.trajectory

-- these --
SELECT t.trajectory, t.client, t.state::text,
       p.person, p.sealed, p.sealed_by, p.key_id, p.corrected
  FROM caseload.told t
  LEFT JOIN caseload.person p ON p.person = t.client
 WHERE t.trajectory = ANY(%(trajectories)s)
 ORDER BY t.trajectory

-- unanswered --
SELECT u.signalled_on, u.coaches
  FROM caseload.unanswered u
 ORDER BY u.signalled_on
