import type { Connection } from "./connection.ts";
import type { Session } from "./session.ts";

/** Of pg_try_advisory_lock: held by the leader's connection, and free once that has ended. */
const LEADING = 7_227_002;

/** Of all servers on the database, one leads: the first to ask. */
export function createLeadership(connection: Connection): () => Promise<boolean> {
	let holder: Session | undefined;

	return async () => {
		try {
			const session = connection.session();
			if (session === holder) return true;
			const { rows } = await session.run<{ isFree: boolean }>(`SELECT pg_try_advisory_lock(${LEADING}) AS "isFree"`);
			if (rows[0]?.isFree !== true) return false;
			holder = session;
			return true;
		} catch {
			return false;
		}
	};
}
