-- The log, its grants and its keys. Run by samenspoor_owner; the service may execute and select only.

CREATE SCHEMA log;
CREATE SCHEMA keys;

-- Positions follow the order of commit, because they are given out under the append lock.
-- Gaps after a crash are normal.
CREATE SEQUENCE log.position;

-- Column names of the first six follow the eventsourcing library, which reads this table too.
CREATE TABLE log.entry (
    notification_id    bigint      NOT NULL,
    originator_id      uuid        NOT NULL,
    originator_version integer     NOT NULL CHECK (originator_version > 0),
    topic              text        NOT NULL,
    state              bytea       NOT NULL,  -- nonce and ciphertext of the event body
    event_id           uuid        NOT NULL,
    key_id             uuid        NOT NULL,  -- which data key opens the state
    recorded_at        timestamptz NOT NULL,
    header             bytea       NOT NULL,  -- canonical JSON: who, in which role, why, and a salt
    envelope           bytea       NOT NULL,  -- canonical JSON: what is hashed and sealed
    idempotency_key    bytea,                 -- on the first entry of a command
    idempotency_digest bytea,
    command_size       smallint,
    PRIMARY KEY (originator_id, originator_version),
    CHECK (num_nulls(idempotency_key, idempotency_digest, command_size) IN (0, 3))
);
ALTER TABLE log.entry ALTER COLUMN state SET STORAGE EXTERNAL;
CREATE UNIQUE INDEX entry_position ON log.entry (notification_id);
CREATE UNIQUE INDEX entry_idempotency_key ON log.entry (idempotency_key)
    WHERE idempotency_key IS NOT NULL;

-- Who may what, kept by the append itself: a withdrawal works with its commit.
CREATE TABLE log.grants (
    stream       uuid NOT NULL,
    key          text NOT NULL,
    holder       uuid NOT NULL,
    kind         text NOT NULL,
    role         text NOT NULL,
    organisation uuid,
    categories   text NOT NULL,
    until        date,
    PRIMARY KEY (stream, key)
);
CREATE INDEX grants_by_holder ON log.grants (holder);

-- Data keys, each wrapped by the master key, which never comes here. Backed up apart from the log.
CREATE TABLE keys.data_key (
    key_id     uuid        PRIMARY KEY,
    subject    uuid        NOT NULL,
    retention  text        NOT NULL,
    wrapped    bytea       NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (subject, retention)
);

CREATE FUNCTION log.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the log is append-only' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON log.entry
    FOR EACH ROW EXECUTE FUNCTION log.refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON log.entry
    FOR EACH STATEMENT EXECUTE FUNCTION log.refuse_change();
-- Also for a session that replays a replica's changes.
ALTER TABLE log.entry ENABLE ALWAYS TRIGGER append_only, ENABLE ALWAYS TRIGGER append_only_table;

-- What an append is given. `unit` numbers, from 1, what is stored whole or not at all.
CREATE TYPE log.new_entry AS (
    unit integer, stream uuid, version integer, type text, state bytea, event_id uuid, key_id uuid,
    recorded_at timestamptz, header bytea, envelope bytea,
    idempotency_key bytea, idempotency_digest bytea, size smallint
);
CREATE TYPE log.new_grant AS (  -- without a holder: the end of a grant
    unit integer, stream uuid, key text, holder uuid, kind text, role text, organisation uuid,
    categories text, until date
);

-- The two functions through which all is written. The lock is a statement of its own: later
-- statements see what was committed before it. Versions and keys are looked up by index whatever
-- the statistics say, because a plan is kept that may be as old as an empty log.

-- Appends one entry that gives no right, which is what most commands lead to: nothing is taken
-- apart, and one statement does it. Gives the position; minus the verdict (see below) when refused.
CREATE FUNCTION log.append_one(
    stream uuid, version integer, type text, state bytea, event_id uuid, key_id uuid,
    recorded_at timestamptz, header bytea, envelope bytea,
    key bytea, digest bytea, size smallint, wake boolean
) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
DECLARE
    position bigint;
BEGIN
    PERFORM pg_advisory_xact_lock(5349);
    INSERT INTO log.entry
    SELECT nextval('log.position'), stream, version, type, state, event_id, key_id, recorded_at,
           header, envelope, key, digest, size
     WHERE (SELECT true FROM log.entry k WHERE k.idempotency_key = key LIMIT 1) IS NULL
       AND coalesce((SELECT h.originator_version FROM log.entry h WHERE h.originator_id = stream
                      ORDER BY h.originator_version DESC LIMIT 1), 0) = version - 1
    RETURNING notification_id INTO position;
    IF position IS NULL THEN
        RETURN CASE WHEN EXISTS (SELECT FROM log.entry k WHERE k.idempotency_key = key)
                    THEN -2 ELSE -1 END;
    END IF;
    IF wake THEN
        PERFORM pg_notify('samenspoor_log', '');
    END IF;
    RETURN position;
END $$;

-- Appends units of entries: unit n holds entries of one stream with consecutive versions, units
-- are numbered from 1 without a gap. Gives a verdict per unit (0 stored, 1 another version by now,
-- 2 idempotency key known) and the first position written; the entries of the stored units have
-- consecutive positions from there, by unit and version.
CREATE FUNCTION log.append(
    entries log.new_entry[], grants log.new_grant[], wake boolean,
    OUT verdicts smallint[], OUT first_position bigint
) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
DECLARE
    sound boolean;
    stored bigint;
BEGIN
    PERFORM pg_advisory_xact_lock(5349);
    IF entries[cardinality(entries)].unit = cardinality(entries) THEN  -- one entry in each unit
        SELECT array_agg((CASE WHEN (SELECT true FROM log.entry k
                                      WHERE k.idempotency_key = e.idempotency_key LIMIT 1) THEN 2
                               WHEN coalesce((SELECT h.originator_version FROM log.entry h
                                               WHERE h.originator_id = e.stream
                                               ORDER BY h.originator_version DESC LIMIT 1), 0)
                                    <> e.version - 1 THEN 1
                               ELSE 0 END)::smallint ORDER BY e.at),
               bool_and(e.unit = e.at)
          INTO verdicts, sound
          FROM unnest(entries) WITH ORDINALITY
               AS e (unit, stream, version, type, state, event_id, key_id, recorded_at, header,
                     envelope, idempotency_key, idempotency_digest, size, at);
    ELSE
        SELECT array_agg((CASE WHEN u.known THEN 2 WHEN u.head <> u.first - 1 THEN 1 ELSE 0 END)
                         ::smallint ORDER BY u.unit),
               min(u.unit) = 1 AND max(u.unit) = count(*) AND bool_and(u.sound)
          INTO verdicts, sound
          FROM (SELECT e.unit, min(e.version) AS first,
                       bool_or((SELECT true FROM log.entry k
                                 WHERE k.idempotency_key = e.idempotency_key LIMIT 1)) AS known,
                       coalesce((SELECT h.originator_version FROM log.entry h
                                  WHERE h.originator_id = (array_agg(e.stream))[1]
                                  ORDER BY h.originator_version DESC LIMIT 1), 0) AS head,
                       max(e.version) - min(e.version) + 1 = count(*)
                       AND (array_agg(e.stream))[1] = ALL (array_agg(e.stream)) AS sound
                  FROM unnest(entries) AS e GROUP BY e.unit) AS u;
    END IF;
    IF sound IS NOT TRUE THEN
        RAISE EXCEPTION 'a unit holds consecutive versions of one stream'
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    INSERT INTO log.entry
    SELECT nextval('log.position'), e.stream, e.version, e.type, e.state, e.event_id,
           e.key_id, e.recorded_at, e.header, e.envelope,
           e.idempotency_key, e.idempotency_digest, e.size
      FROM unnest(entries) AS e
     WHERE verdicts[e.unit] = 0
     ORDER BY e.unit, e.version;
    GET DIAGNOSTICS stored = ROW_COUNT;
    IF stored > 0 THEN
        first_position := currval('log.position') - stored + 1;
        IF wake THEN
            PERFORM pg_notify('samenspoor_log', '');
        END IF;
    END IF;
    IF cardinality(grants) > 0 THEN
        PERFORM log.keep(grants, verdicts);
    END IF;
END $$;

-- Keeps the grants of the stored units, in order: a later row with the same key replaces.
CREATE FUNCTION log.keep(grants log.new_grant[], verdicts smallint[]) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    given log.new_grant;
BEGIN
    FOREACH given IN ARRAY grants LOOP
        CONTINUE WHEN verdicts[given.unit] IS DISTINCT FROM 0;  -- nor for a unit that is not there
        IF given.holder IS NULL THEN
            DELETE FROM log.grants g WHERE g.stream = given.stream AND g.key = given.key;
        ELSE
            INSERT INTO log.grants VALUES (given.stream, given.key, given.holder, given.kind,
                    given.role, given.organisation, given.categories, given.until)
            ON CONFLICT (stream, key) DO UPDATE SET holder = EXCLUDED.holder,
                    kind = EXCLUDED.kind, role = EXCLUDED.role,
                    organisation = EXCLUDED.organisation, categories = EXCLUDED.categories,
                    until = EXCLUDED.until;
        END IF;
    END LOOP;
END $$;

-- Gives each subject its key: the one there is, or the one offered.
CREATE FUNCTION keys.ensure(
    offered_key uuid[], offered_subject uuid[], offered_retention text[], offered_wrapped bytea[]
) RETURNS TABLE (key_id uuid, subject uuid, retention text, wrapped bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
BEGIN
    INSERT INTO keys.data_key (key_id, subject, retention, wrapped)
    SELECT o.key, o.subject, o.retention, o.wrapped
      FROM unnest(offered_key, offered_subject, offered_retention, offered_wrapped)
           AS o (key, subject, retention, wrapped)
     ORDER BY o.subject, o.retention
        ON CONFLICT ON CONSTRAINT data_key_subject_retention_key DO NOTHING;
    RETURN QUERY
    SELECT k.key_id, k.subject, k.retention, k.wrapped
      FROM unnest(offered_subject, offered_retention) AS o (subject, retention)
      JOIN keys.data_key k ON k.subject = o.subject AND k.retention = o.retention;
END $$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA log, keys FROM PUBLIC;
GRANT USAGE ON SCHEMA log, keys TO samenspoor_service, samenspoor_projector;
GRANT SELECT ON log.entry, log.grants, keys.data_key TO samenspoor_service, samenspoor_projector;
GRANT EXECUTE ON FUNCTION log.append, log.append_one, keys.ensure TO samenspoor_service;
-- Read models: the projector makes their schemas, the service reads them.
DO $$ BEGIN
    EXECUTE format('GRANT CREATE ON DATABASE %I TO samenspoor_projector', current_database());
END $$;
