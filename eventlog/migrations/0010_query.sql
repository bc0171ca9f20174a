-- What was asked when somebody looked (NEN 7513: event ids or query): known_at, lane, categories and
-- the like, with their values; never words. Run by samenspoor_owner.

ALTER TABLE log.access ADD COLUMN query jsonb;  -- not known of older lines

-- Notes looks, each an object with the columns of the table.
CREATE OR REPLACE FUNCTION log.note_access(looks json) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
SET lock_timeout = '2s' AS $$  -- who waits for it waits before seeing anything
BEGIN
    INSERT INTO log.access (at, trajectory, person, role, organisation, on_behalf_of, view,
                            categories, basis, request, permissions, emergency, reason, query)
    SELECT l.at, l.trajectory, l.person, l.role, l.organisation, l.on_behalf_of, l.view,
           l.categories, l.basis, l.request, coalesce(l.permissions, '{}'), l.reason IS NOT NULL,
           l.reason, l.query
      FROM json_to_recordset(looks)
           AS l (at timestamptz, trajectory uuid, person uuid, role text, organisation uuid,
                 on_behalf_of uuid, view text, categories text, basis text, request uuid,
                 permissions uuid[], reason uuid, query jsonb)
        ON CONFLICT DO NOTHING;
END $$;
