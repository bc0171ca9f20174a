-- Which permissions gave the right to look, and whether it was an emergency (NEN 7513); a line that
-- is sent again, after a commit whose answer was lost, stands there once. Run by samenspoor_owner.

ALTER TABLE log.access
    ADD COLUMN permissions uuid[],  -- those by which more was seen; not known of older lines
    ADD COLUMN emergency   boolean NOT NULL DEFAULT false,
    ADD COLUMN reason      uuid;    -- the emergency, in whose opening the reason stands

-- Of one request a file has one line. Older lines may stand there twice: their permissions are
-- null, and nulls are not the same. In the place of the index by file, so that writing costs no more.
CREATE UNIQUE INDEX access_once ON log.access (trajectory, at, request, permissions);
DROP INDEX log.access_by_file;

-- Which emergencies of an organisation there are.
CREATE INDEX grants_of_emergencies ON log.grants (organisation) WHERE kind = 'emergency';
CREATE INDEX access_in_emergency ON log.access (trajectory, reason) WHERE emergency;

-- Notes looks, each an object with the columns of the table.
CREATE OR REPLACE FUNCTION log.note_access(looks json) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
SET lock_timeout = '2s' AS $$  -- who waits for it waits before seeing anything
BEGIN
    INSERT INTO log.access (at, trajectory, person, role, organisation, on_behalf_of, view,
                            categories, basis, request, permissions, emergency, reason)
    SELECT l.at, l.trajectory, l.person, l.role, l.organisation, l.on_behalf_of, l.view,
           l.categories, l.basis, l.request, coalesce(l.permissions, '{}'), l.reason IS NOT NULL,
           l.reason
      FROM json_to_recordset(looks)
           AS l (at timestamptz, trajectory uuid, person uuid, role text, organisation uuid,
                 on_behalf_of uuid, view text, categories text, basis text, request uuid,
                 permissions uuid[], reason uuid)
        ON CONFLICT DO NOTHING;
END $$;
