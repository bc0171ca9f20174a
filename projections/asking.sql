-- status --
SELECT t.notification_id,
       (SELECT count(*) FROM (SELECT FROM log.entry e WHERE e.notification_id > t.notification_id
                               LIMIT %(counted)s) AS behind),
       (SELECT extract(epoch FROM clock_timestamp() - e.recorded_at)::float8
          FROM log.entry e WHERE e.notification_id > t.notification_id
         ORDER BY e.notification_id LIMIT 1),
       w.error, w.happened_at
  FROM {schema}.notification_tracking t
  LEFT JOIN {schema}.trouble w ON true
 WHERE t.application_name = 'log'

-- parked --
SELECT stream, position, reason, parked_at FROM {schema}.parked ORDER BY position

-- unpark --
UPDATE {schema}.parked SET retry = true
 WHERE %(stream)s::uuid IS NULL OR stream = %(stream)s
