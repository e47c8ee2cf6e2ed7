import { StorageError } from "../../errors/storage-error.ts";
import type { Content } from "../postgres/move/copy.ts";
import { intoEmptyDatabase } from "../postgres/move/target.ts";
import { openSource } from "../sqlite/move-source.ts";

export interface Moved {
	tables: number;
	rows: number;
}

/** Renewed by the move: whatever a server has cached, it drops. */
const NOT_COPIED = "authentication_epoch";

/**
 * Copies a SQLite database, which no server has open, into an empty PostgreSQL one, in one transaction. Before it
 * commits, it reads everything back, and compares counts and digests of all tables.
 * @throws StorageError `unusable`; then nothing was moved
 */
export async function moveDatabase({ database, url }: { database: string; url: string }): Promise<Moved> {
	const source = openSource(database);
	try {
		let rows = 0;
		const tables = source.tables.filter(({ name }) => name !== NOT_COPIED);
		await intoEmptyDatabase(url, async (target) => {
			for (const table of await target.inOrder(tables)) {
				const sent = await target.fill(table, source.rows(table));
				requireSame(table, sent, await target.content(table));
				rows += table.count;
			}
		});
		return { tables: tables.length, rows };
	} finally {
		source.close();
	}
}

function requireSame({ name, count }: { name: string; count: number }, sent: Content, stored: Content): void {
	const isSame = sent.count === count && stored.count === count && stored.digest === sent.digest;
	if (isSame) return;
	throw new StorageError(
		"unusable",
		`The copy of ${name} is not the same as the original (${stored.count} rows of ${count}). Nothing was moved.`,
	);
}
