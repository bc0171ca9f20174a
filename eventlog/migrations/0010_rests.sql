-- A decision rests on the roles of who asks, which stand in a stream of their own: an append takes the
-- version that stream had, and refuses when it has another by now. So what a process remembers of
-- somebody's roles is confirmed, and a role that ended is honoured with its commit. What rests on
-- nothing else (an import, the operator) leaves it out. Run by samenspoor_owner.

ALTER TYPE log.new_entry ADD ATTRIBUTE rests_on uuid, ADD ATTRIBUTE rests_at integer;

DROP FUNCTION log.append_one(
    uuid, integer, text, bytea, uuid, uuid, timestamptz, bytea, bytea, bytea, bytea, smallint,
    boolean
);

-- Appends one entry that gives no right, which is what most commands lead to: nothing is taken
-- apart, and one statement does it. Gives the position; minus the verdict (see below) when refused.
CREATE FUNCTION log.append_one(
    stream uuid, version integer, type text, state bytea, event_id uuid, key_id uuid,
    recorded_at timestamptz, header bytea, envelope bytea,
    key bytea, digest bytea, size smallint, rests_on uuid, rests_at integer, wake boolean
) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
DECLARE
    position bigint;
BEGIN
    PERFORM pg_advisory_xact_lock(5349);
    INSERT INTO log.entry
    SELECT nextval('log.position'), stream, version, type, state, event_id, key_id, recorded_at,
           header, envelope, key, digest, size
     WHERE num_nulls(key, digest, size) IN (0, 3)
       AND (SELECT true FROM log.entry k WHERE k.idempotency_key = key LIMIT 1) IS NULL
       AND coalesce((SELECT h.originator_version FROM log.entry h
                      WHERE h.originator_id = stream AND h.originator_version >= version - 1
                      ORDER BY h.originator_version DESC LIMIT 1), 0) = version - 1
       AND (SELECT true FROM log.entry r WHERE r.originator_id = rests_on
               AND r.originator_version = rests_at + 1 LIMIT 1) IS NULL
    RETURNING notification_id INTO position;
    IF position IS NULL THEN
        PERFORM log.refuse_unless(num_nulls(key, digest, size) IN (0, 3));
        RETURN CASE WHEN EXISTS (SELECT FROM log.entry k WHERE k.idempotency_key = key)
                    THEN -2 ELSE -1 END;
    END IF;
    IF wake THEN
        PERFORM pg_notify('samenspoor_log', '');
    END IF;
    RETURN position;
END $$;

-- Appends entries that are each stored or not by themselves, of different streams. Gives a verdict
-- per entry (0 stored, 1 another version by now of the stream or of what it rests on, 2 idempotency
-- key known) and the first position written: those that are stored have consecutive positions from
-- there, in the order given. What may be stored is, and only when something remains it is asked why.
-- Numbering the rows would cost more than a lookup each, so who asks vouches that `unit` says the
-- place of an entry.
CREATE OR REPLACE FUNCTION log.append_each(
    entries log.new_entry[], grants log.new_grant[], wake boolean,
    OUT verdicts smallint[], OUT first_position bigint
) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
DECLARE
    sound boolean;
    stored bigint;
BEGIN
    PERFORM pg_advisory_xact_lock(5349);
    INSERT INTO log.entry
    SELECT nextval('log.position'), e.stream, e.version, e.type, e.state, e.event_id,
           e.key_id, e.recorded_at, e.header, e.envelope,
           e.idempotency_key, e.idempotency_digest, e.size
      FROM unnest(entries) AS e
     WHERE num_nulls(e.idempotency_key, e.idempotency_digest, e.size) IN (0, 3)
       AND (SELECT true FROM log.entry k
             WHERE k.idempotency_key = e.idempotency_key LIMIT 1) IS NULL
       AND coalesce((SELECT h.originator_version FROM log.entry h
                      WHERE h.originator_id = e.stream AND h.originator_version >= e.version - 1
                      ORDER BY h.originator_version DESC LIMIT 1), 0) = e.version - 1
       AND (SELECT true FROM log.entry r WHERE r.originator_id = e.rests_on
               AND r.originator_version = e.rests_at + 1 LIMIT 1) IS NULL;
    GET DIAGNOSTICS stored = ROW_COUNT;
    first_position := log.written(stored, wake);
    IF stored = cardinality(entries) THEN
        verdicts := array_fill(0::smallint, ARRAY[stored::integer]);
    ELSE
        SELECT array_agg((CASE WHEN EXISTS (SELECT FROM log.entry s
                                             WHERE s.originator_id = e.stream
                                               AND s.originator_version = e.version
                                               AND s.event_id = e.event_id
                                               AND s.notification_id + 0 >= first_position) THEN 0
                               WHEN (SELECT true FROM log.entry k
                                      WHERE k.idempotency_key = e.idempotency_key LIMIT 1) THEN 2
                               ELSE 1 END)::smallint ORDER BY e.unit),
               bool_and(num_nulls(e.idempotency_key, e.idempotency_digest, e.size) IN (0, 3))
          INTO verdicts, sound
          FROM unnest(entries) AS e;
        PERFORM log.refuse_unless(sound);
    END IF;
    IF cardinality(grants) > 0 THEN
        PERFORM log.keep(grants, verdicts);
    END IF;
END $$;

-- Appends units of entries: unit n holds entries of one stream with consecutive versions, units
-- are numbered from 1 without a gap. Gives what log.append_each does, by unit and version.
CREATE OR REPLACE FUNCTION log.append(
    entries log.new_entry[], grants log.new_grant[], wake boolean,
    OUT verdicts smallint[], OUT first_position bigint
) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
DECLARE
    sound boolean;
    stored bigint;
BEGIN
    PERFORM pg_advisory_xact_lock(5349);
    SELECT array_agg((CASE WHEN u.known THEN 2 WHEN u.head <> u.first - 1 OR u.moved THEN 1
                            ELSE 0 END)::smallint ORDER BY u.unit),
           min(u.unit) = 1 AND max(u.unit) = count(*) AND bool_and(u.sound)
      INTO verdicts, sound
      FROM (SELECT e.unit, min(e.version) AS first,
                   bool_or((SELECT true FROM log.entry k
                             WHERE k.idempotency_key = e.idempotency_key LIMIT 1)) AS known,
                   bool_or((SELECT true FROM log.entry r
                             WHERE r.originator_id = e.rests_on
                               AND r.originator_version = e.rests_at + 1 LIMIT 1)) AS moved,
                   coalesce((SELECT h.originator_version FROM log.entry h
                              WHERE h.originator_id = (array_agg(e.stream))[1]
                                AND h.originator_version >= min(e.version) - 1
                              ORDER BY h.originator_version DESC LIMIT 1), 0) AS head,
                   max(e.version) - min(e.version) + 1 = count(*)
                   AND (array_agg(e.stream))[1] = ALL (array_agg(e.stream))
                   AND bool_and(num_nulls(e.idempotency_key, e.idempotency_digest, e.size)
                                IN (0, 3)) AS sound
              FROM unnest(entries) AS e GROUP BY e.unit) AS u;
    PERFORM log.refuse_unless(sound);
    INSERT INTO log.entry
    SELECT nextval('log.position'), e.stream, e.version, e.type, e.state, e.event_id,
           e.key_id, e.recorded_at, e.header, e.envelope,
           e.idempotency_key, e.idempotency_digest, e.size
      FROM unnest(entries) AS e
     WHERE verdicts[e.unit] = 0
     ORDER BY e.unit, e.version;
    GET DIAGNOSTICS stored = ROW_COUNT;
    first_position := log.written(stored, wake);
    IF cardinality(grants) > 0 THEN
        PERFORM log.keep(grants, verdicts);
    END IF;
END $$;

REVOKE ALL ON FUNCTION log.append_one FROM PUBLIC;
GRANT EXECUTE ON FUNCTION log.append_one TO samenspoor_service;
