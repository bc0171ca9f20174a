-- tables --
CREATE TABLE {schema}.trajectory (
    trajectory uuid NOT NULL,
    client     uuid,
    due_on     date,          -- the first day on which a contact is due; NULL: nothing promised
    state      json NOT NULL  -- ids, dates, kinds and counts, from which the reason is worded
);
CREATE TABLE {schema}.member (
    person     uuid NOT NULL,
    trajectory uuid NOT NULL,
    role       text NOT NULL,
    due_on     date
);

-- indexes --
CREATE UNIQUE INDEX trajectory_key ON {schema}.trajectory (trajectory);
CREATE INDEX member_due ON {schema}.member (person, role, due_on, trajectory);
CREATE INDEX member_trajectory ON {schema}.member (trajectory);

-- forget_trajectory --
DELETE FROM {schema}.trajectory WHERE trajectory = ANY(%b)

-- forget_member --
DELETE FROM {schema}.member WHERE trajectory = ANY(%b)

-- one --
SELECT trajectory, client, due_on, state::text
  FROM support.trajectory
 WHERE trajectory = %(trajectory)s

-- due --
SELECT m.trajectory, t.client, m.due_on, t.state::text
  FROM support.member m
  JOIN support.trajectory t USING (trajectory)
 WHERE m.person = %(person)s AND m.role = %(role)s AND m.due_on <= %(today)s
   AND (%(on)s::date IS NULL OR (m.due_on, m.trajectory) > (%(on)s, %(trajectory)s::uuid))
 ORDER BY m.due_on, m.trajectory
 LIMIT %(limit)s
