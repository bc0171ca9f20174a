-- Who looked at which file, when and on what ground (NEN 7513). Beside the log and never part of a
-- stream: who looks changes nothing in the story. Run by samenspoor_owner.

CREATE TABLE log.access (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at           timestamptz NOT NULL,
    trajectory   uuid        NOT NULL,  -- the file
    person       uuid        NOT NULL,  -- who looked
    role         text        NOT NULL,
    organisation uuid,
    on_behalf_of uuid,
    view         text        NOT NULL,  -- what was shown: 'timeline', 'caseload', ...
    categories   text        NOT NULL,  -- the rows of the matrix of which something could be seen
    basis        text        NOT NULL,  -- what gave the right: 'team', 'permission', ...
    request      uuid        NOT NULL   -- as in the log of the service
);
CREATE INDEX access_by_file ON log.access (trajectory, at);

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON log.access
    FOR EACH ROW EXECUTE FUNCTION log.refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON log.access
    FOR EACH STATEMENT EXECUTE FUNCTION log.refuse_change();
ALTER TABLE log.access ENABLE ALWAYS TRIGGER append_only, ENABLE ALWAYS TRIGGER append_only_table;

-- Notes looks, each an object with the columns of the table.
CREATE FUNCTION log.note_access(looks json) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
SET lock_timeout = '2s' AS $$  -- who waits for it waits before seeing anything
BEGIN
    INSERT INTO log.access (at, trajectory, person, role, organisation, on_behalf_of, view,
                            categories, basis, request)
    SELECT l.at, l.trajectory, l.person, l.role, l.organisation, l.on_behalf_of, l.view,
           l.categories, l.basis, l.request
      FROM json_to_recordset(looks)
           AS l (at timestamptz, trajectory uuid, person uuid, role text, organisation uuid,
                 on_behalf_of uuid, view text, categories text, basis text, request uuid);
END $$;

REVOKE ALL ON FUNCTION log.note_access FROM PUBLIC;
GRANT EXECUTE ON FUNCTION log.note_access TO samenspoor_service;
GRANT SELECT ON log.access TO samenspoor_service;
