-- tables --
{states}
CREATE TABLE {schema}.member (
    person     uuid NOT NULL,
    trajectory uuid NOT NULL,
    role       text NOT NULL,
    due_on     date
);

-- wall --
{told}
ALTER TABLE {schema}.member ENABLE ROW LEVEL SECURITY;
CREATE POLICY wall ON {schema}.member FOR SELECT TO samenspoor_service
 USING (person = wall.person());

-- indexes --
CREATE UNIQUE INDEX trajectory_key ON {schema}.trajectory (trajectory);
CREATE INDEX member_due ON {schema}.member (person, role, due_on, trajectory);
CREATE INDEX member_trajectory ON {schema}.member (trajectory);

-- forget_trajectory --
DELETE FROM {schema}.trajectory WHERE trajectory = ANY(%b)

-- forget_member --
DELETE FROM {schema}.member WHERE trajectory = ANY(%b)

-- one --
SELECT state::text
  FROM support.told
 WHERE trajectory = %(trajectory)s

-- due --
SELECT m.trajectory, m.due_on
  FROM support.member m
 WHERE m.person = %(person)s AND m.role = %(role)s AND m.due_on <= %(today)s
   AND (%(on)s::date IS NULL OR (m.due_on, m.trajectory) > (%(on)s, %(trajectory)s::uuid))
 ORDER BY m.due_on, m.trajectory
 LIMIT %(limit)s

-- these --
SELECT t.trajectory, t.client, t.state::text
  FROM support.told t
 WHERE t.trajectory = ANY(%(trajectories)s)
