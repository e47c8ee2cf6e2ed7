/** How writes of several servers take turns, and how they end. */
export const turn = `
-- Locked by each write, so that writers of all servers take turns. It has no rows.
CREATE TABLE turn (nothing bigint);

CREATE FUNCTION current_timeline() RETURNS text LANGUAGE sql STABLE AS $$
	SELECT substring(pg_walfile_name(pg_current_wal_lsn()) FOR 8)
$$;

-- The last statement of a write, which was at this time: dates what has no date yet, wakes the live pages, and returns
-- the number of the transaction, or null if it wrote nothing.
CREATE FUNCTION finish_write(at_time bigint, OUT xid text, OUT timeline text) LANGUAGE plpgsql AS $$
BEGIN
	timeline := current_timeline();
	IF pg_current_xact_id_if_assigned() IS NOT NULL THEN
		UPDATE clock SET latest = at_time WHERE latest < at_time;
		UPDATE withdrawal SET at = at_time WHERE at IS NULL;
		NOTIFY auxvyn_commit;
		xid := pg_current_xact_id()::text;
	END IF;
END $$;
`;
