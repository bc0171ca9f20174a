-- A state of which all parts may be read is given as it is: taking each part to its fields first
-- was most of what a page of a whole caseload waited for.
CREATE OR REPLACE FUNCTION wall.told(state json, seen text[]) RETURNS json
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
SET plan_cache_mode = force_generic_plan SET jit = off AS $$
BEGIN
    RETURN (
        SELECT json_agg(
                   CASE WHEN whole.fields = 0
                        THEN CASE WHEN whole.plain THEN p.value ELSE whole.empty END
                        WHEN whole.plain AND whole.fields = json_array_length(p.value) THEN p.value
                        ELSE coalesce((
                            SELECT json_agg(CASE WHEN c.categories <@ seen THEN f.value
                                                 ELSE c.empty END ORDER BY f.at)
                              FROM json_array_elements(p.value) WITH ORDINALITY AS f (value, at)
                              JOIN wall.piece c ON c.part = p.at AND c.field = f.at), '[]')
                   END ORDER BY p.at)
          FROM json_array_elements(state) WITH ORDINALITY AS p (value, at)
          LEFT JOIN (SELECT c.part, max(c.field) AS fields, bool_and(c.categories <@ seen) AS plain,
                            (array_agg(c.empty))[1] AS empty
                       FROM wall.piece c GROUP BY c.part) AS whole ON whole.part = p.at);
END $$;
