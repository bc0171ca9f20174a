-- tables --
CREATE TABLE {schema}.trajectory (
    trajectory uuid NOT NULL,
    client     uuid,
    due_on     date,
    state      json NOT NULL  -- ids, dates, kinds and counts
);
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
SELECT m.trajectory, m.role, m.organisation, t.client, t.due_on, t.state::text,
       p.person, p.sealed, p.sealed_by, p.key_id, p.corrected
  FROM caseload.member m
  JOIN caseload.trajectory t USING (trajectory)
  LEFT JOIN caseload.person p ON p.person = t.client
 WHERE m.person = %(person)s AND (%(role)s::text IS NULL OR m.role = %(role)s)
 ORDER BY m.trajectory
 LIMIT %(limit)s

-- led --
SELECT t.trajectory, 'job_coach', NULL::uuid, t.client, t.due_on, t.state::text,
       p.person, p.sealed, p.sealed_by, p.key_id, p.corrected
  FROM caseload.trajectory t
  LEFT JOIN caseload.person p ON p.person = t.client
 WHERE t.trajectory IN (SELECT m.trajectory FROM caseload.member m
                         WHERE m.role = 'job_coach' AND m.organisation = ANY(%(organisations)s))
 ORDER BY t.trajectory
 LIMIT %(limit)s
