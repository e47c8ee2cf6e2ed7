import type { KyselyPlugin, UnknownRow } from "kysely";

import type { Storage } from "../../storage/storage.ts";

type Now = Pick<Storage, "now">;

/** Better Auth compares sessions with the system clock. Its times are shifted to ours, which may differ by any amount. */
export function timeShift(storage: Now) {
	const plugin: KyselyPlugin = {
		transformQuery: ({ node }) => node,
		transformResult: async ({ result }) => ({ ...result, rows: result.rows.map((row) => toSystemTime(storage, row)) }),
	};

	/** For database hooks. */
	async function beforeWrite<Session extends object>(session: Session): Promise<{ data: Session }> {
		const times = Object.entries(session).filter(([, value]) => value instanceof Date) as [string, Date][];
		const shifted = times.map(([name, time]) => [name, fromSystemTime(storage, time)] as const);
		return { data: { ...session, ...Object.fromEntries(shifted) } };
	}

	return { plugin, beforeWrite };
}

/** A time that Better Auth has read or reckoned, by our clock. */
function fromSystemTime(storage: Now, time: Date): Date {
	return new Date(time.getTime() + storage.now() - Date.now());
}

/** Only the expiry is ever compared. */
function toSystemTime(storage: Now, row: UnknownRow): UnknownRow {
	const { expiresAt } = row;
	if (typeof expiresAt !== "string") return row;
	return { ...row, expiresAt: new Date(Date.parse(expiresAt) + Date.now() - storage.now()).toISOString() };
}
