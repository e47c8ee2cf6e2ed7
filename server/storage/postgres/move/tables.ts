import type { Session } from "../session.ts";

/** The names, with tables that others refer to before those. */
export async function referredToFirst(session: Session, names: readonly string[]): Promise<string[]> {
	const { rows } = await session.run<{ name: string; needs: string }>(`
		SELECT own.relname AS name, other.relname AS needs
		FROM pg_constraint AS c JOIN pg_class AS own ON own.oid = c.conrelid JOIN pg_class AS other ON other.oid = c.confrelid
		WHERE c.contype = 'f' AND c.conrelid <> c.confrelid AND own.relnamespace = current_schema()::regnamespace`);
	const ordered = new Set<string>();
	const add = (name: string): void => {
		for (const row of rows) if (row.name === name && !ordered.has(row.needs)) add(row.needs);
		ordered.add(name);
	};
	names.forEach(add);
	return [...ordered];
}

/** Where PostgreSQL numbers the rows: goes on after the greatest number that was given, also to rows that are gone. */
export async function continueNumbers(session: Session, name: string, lastNumber: number): Promise<void> {
	const { rows } = await session.run<{ column: string }>(
		"SELECT attname AS column FROM pg_attribute WHERE attrelid = quote_ident($1)::regclass AND attidentity <> ''",
		[name],
	);
	for (const { column } of rows) {
		await session.run(
			`SELECT setval(pg_get_serial_sequence(quote_ident($1), $2), greatest(max(${quoted(column)}), $3::bigint, 0) + 1, false)
			FROM ${quoted(name)}`,
			[name, column, lastNumber],
		);
	}
}

export function quoted(...names: readonly string[]): string {
	return names.map((name) => `"${name}"`).join(", ");
}
