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

-- wall --
-- The service reads a state as far as the wall tells it, by the view alone.
ALTER TABLE {schema}.trajectory ENABLE ROW LEVEL SECURITY;
REVOKE SELECT ON {schema}.trajectory FROM samenspoor_service;
CREATE VIEW {schema}.told WITH (security_barrier) AS
SELECT t.trajectory, t.client,
       CASE WHEN seen.categories @> '{{B,E,F,H,J}}' THEN t.due_on END AS due_on,
       wall.told(t.state, seen.categories) AS state
  FROM {schema}.trajectory t
  JOIN (SELECT s.stream, array_agg(s.category) FILTER (WHERE s.follows) AS categories
          FROM wall.seen() AS s GROUP BY s.stream) AS seen ON seen.stream = t.trajectory
 WHERE current_user <> 'samenspoor_projector'
 UNION ALL
SELECT t.trajectory, t.client, t.due_on, t.state FROM {schema}.trajectory t
 WHERE current_user = 'samenspoor_projector';
GRANT SELECT ON {schema}.told TO samenspoor_service;
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
SELECT trajectory, client, due_on, state::text
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
