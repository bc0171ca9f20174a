-- What stands on somebody's desk and is not in the log: text that is not saved yet, the address of a
-- calendar, how far they have read, how they like their screen. Nobody but the service comes here,
-- and nothing of it is kept for long. Run by samenspoor_owner.

CREATE SCHEMA desk;

-- What somebody typed in a form and did not save yet, sealed with a key of their own.
CREATE TABLE desk.draft (
    person     uuid        NOT NULL,
    role       text        NOT NULL,
    form       text        NOT NULL,
    trajectory uuid        NOT NULL,
    key_id     uuid        NOT NULL,
    sealed     bytea       NOT NULL,
    at         timestamptz NOT NULL,
    PRIMARY KEY (person, role, form, trajectory)
);
CREATE INDEX draft_by_age ON desk.draft (at);
CREATE INDEX draft_by_trajectory ON desk.draft (trajectory);

-- Whose calendar an address opens; of the address only a keyed fingerprint stands here.
CREATE TABLE desk.feed (
    person       uuid        NOT NULL,
    role         text        NOT NULL,
    organisation uuid,
    fingerprint  bytea       NOT NULL UNIQUE,
    at           timestamptz NOT NULL,
    PRIMARY KEY (person, role)
);

-- Up to which position of the log somebody has seen a timeline; told to nobody else.
CREATE TABLE desk.seen (
    person     uuid        NOT NULL,
    role       text        NOT NULL,
    trajectory uuid        NOT NULL,
    position   bigint      NOT NULL,
    at         timestamptz NOT NULL,
    PRIMARY KEY (person, role, trajectory)
);
CREATE INDEX seen_by_trajectory ON desk.seen (trajectory);

CREATE TABLE desk.setting (
    person uuid PRIMARY KEY,
    chosen jsonb NOT NULL CHECK (pg_column_size(chosen) <= 1000)
);

-- On which day a process looked whether those on whose desk things stand are still tied to them.
CREATE TABLE desk.swept (day date PRIMARY KEY);

-- Keeps what somebody typed instead of what stood there, and of theirs the newest so many. Gives
-- nothing kept when their key was destroyed.
CREATE FUNCTION desk.keep(
    who uuid, acts_as text, of_form text, file uuid, key uuid, text bytea, now timestamptz,
    most integer
) RETURNS boolean LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(5351, hashtext(who::text));
    IF NOT EXISTS (SELECT FROM keys.data_key k WHERE k.key_id = key) THEN
        RETURN false;
    END IF;
    INSERT INTO desk.draft AS d VALUES (who, acts_as, of_form, file, key, text, now)
    ON CONFLICT (person, role, form, trajectory)
    DO UPDATE SET key_id = EXCLUDED.key_id, sealed = EXCLUDED.sealed, at = EXCLUDED.at;
    DELETE FROM desk.draft d USING (
        SELECT o.role, o.form, o.trajectory FROM desk.draft o WHERE o.person = who
         ORDER BY o.at DESC, o.role, o.form, o.trajectory OFFSET most
    ) AS old
     WHERE d.person = who AND d.role = old.role AND d.form = old.form
       AND d.trajectory = old.trajectory;
    RETURN true;
END $$;

-- With the key of a person goes their desk, with that of a trajectory what stands on any desk of it.
CREATE FUNCTION desk.forget() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    DELETE FROM desk.draft d WHERE d.person = OLD.subject OR d.trajectory = OLD.subject;
    DELETE FROM desk.seen s WHERE s.person = OLD.subject OR s.trajectory = OLD.subject;
    DELETE FROM desk.feed f WHERE f.person = OLD.subject;
    DELETE FROM desk.setting s WHERE s.person = OLD.subject;
    RETURN NULL;
END $$;
CREATE TRIGGER desk_goes AFTER DELETE ON keys.data_key
    FOR EACH ROW EXECUTE FUNCTION desk.forget();

REVOKE ALL ON FUNCTION desk.keep, desk.forget FROM PUBLIC;
GRANT USAGE ON SCHEMA desk TO samenspoor_service;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA desk TO samenspoor_service;
GRANT EXECUTE ON FUNCTION desk.keep TO samenspoor_service;
