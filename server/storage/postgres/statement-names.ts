const MAX_PREPARED = 500;

/** Under which name a connection prepares a statement; undefined for one too many. */
export function createStatementNames(): (sql: string) => string | undefined {
	const names = new Map<string, string>();
	return (sql) => {
		const known = names.get(sql);
		if (known !== undefined || names.size >= MAX_PREPARED) return known;
		const name = `s${names.size}`;
		names.set(sql, name);
		return name;
	};
}
