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

-- wall --
{told}
ALTER TABLE {schema}.member ENABLE ROW LEVEL SECURITY;
CREATE POLICY wall ON {schema}.member FOR SELECT TO samenspoor_service
 USING (person = wall.person() OR organisation = ANY((SELECT wall.leads())::uuid[]));
ALTER TABLE {schema}.person ENABLE ROW LEVEL SECURITY;
CREATE POLICY wall ON {schema}.person FOR SELECT TO samenspoor_service
 USING (person IN (SELECT wall.around()));

-- indexes --
CREATE UNIQUE INDEX trajectory_key ON {schema}.trajectory (trajectory);
CREATE INDEX member_person ON {schema}.member (person, trajectory);
CREATE INDEX member_trajectory ON {schema}.member (trajectory);
CREATE UNIQUE INDEX person_key ON {schema}.person (person);

-- forget_trajectory --
DELETE FROM {schema}.trajectory WHERE trajectory = ANY(%b)

-- forget_member --
DELETE FROM {schema}.member WHERE trajectory = ANY(%b)

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
