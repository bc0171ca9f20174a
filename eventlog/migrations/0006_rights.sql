-- By which editions of the rules the rows of log.grants were folded (eventlog/grants.py). A newer
-- one gives rights that the older did not write down; then the service folds the log anew.

CREATE TABLE log.rights (edition integer PRIMARY KEY, folded_at timestamptz NOT NULL DEFAULT now());

-- Puts right what a fold of the log up to a position found, unless something was appended since.
CREATE FUNCTION log.refill(changes json, upto bigint, edition integer) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    folded log.new_grant[];
BEGIN
    PERFORM pg_advisory_xact_lock(5349);
    IF (SELECT coalesce(max(e.notification_id), 0) FROM log.entry e) <> upto THEN
        RETURN false;
    END IF;
    folded := ARRAY(SELECT c FROM json_populate_recordset(NULL::log.new_grant, changes) AS c);
    PERFORM log.keep(folded, ARRAY[0]::smallint[]);
    INSERT INTO log.rights VALUES (edition) ON CONFLICT DO NOTHING;
    RETURN true;
END $$;

REVOKE ALL ON FUNCTION log.refill FROM PUBLIC;
GRANT EXECUTE ON FUNCTION log.refill TO samenspoor_service;
GRANT SELECT ON log.rights TO samenspoor_service;
