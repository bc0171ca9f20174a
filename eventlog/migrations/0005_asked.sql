-- How often somebody searched for a person by name, so that nobody tries one name after another.
-- Beside the log: what was searched for is kept nowhere. Run by samenspoor_owner.

CREATE TABLE log.asked (
    person uuid    NOT NULL,  -- who searched
    day    date    NOT NULL,
    times  integer NOT NULL,
    PRIMARY KEY (person, day)
);

-- Counts a search, and says whether it may be answered; of earlier days nothing is kept.
CREATE FUNCTION log.ask(who uuid, on_day date, most integer) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    DELETE FROM log.asked a WHERE a.person = who AND a.day < on_day;
    INSERT INTO log.asked AS a VALUES (who, on_day, 1)
    ON CONFLICT (person, day) DO UPDATE SET times = a.times + 1 WHERE a.times < most;
    RETURN FOUND;
END $$;

REVOKE ALL ON FUNCTION log.ask FROM PUBLIC;
GRANT EXECUTE ON FUNCTION log.ask TO samenspoor_service;
