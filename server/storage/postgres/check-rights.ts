import type { Session } from "./session.ts";
import { UnusableDatabase } from "./unusable.ts";

/**
 * Refuses a user that lacks rights on tables: a server would start, and fail at what needs them.
 * @throws UnusableDatabase naming one of them
 */
export async function checkRights(session: Session): Promise<void> {
	const { rows } = await session.run<{ table: string; right: string }>(`
		SELECT c.relname AS "table", r.name AS "right"
		FROM pg_class AS c CROSS JOIN unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE']) AS r (name)
		WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r'
			AND (r.name = 'SELECT' OR c.relname <> 'schema_version') AND NOT has_table_privilege(c.oid, r.name)
		ORDER BY 1, 2 LIMIT 1`);
	const [lacking] = rows;
	if (lacking === undefined) return;
	throw new UnusableDatabase(
		`its user lacks rights, such as ${lacking.right} on ${lacking.table}: GRANT them, as in docs/postgres.md#rights`,
	);
}
