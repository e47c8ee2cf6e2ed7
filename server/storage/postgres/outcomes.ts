import { setTimeout as sleep } from "node:timers/promises";

import { StorageError } from "../../errors/storage-error.ts";
import type { Connection, Session } from "./connection.ts";
import { isLost, NotCommitted } from "./errors.ts";
import { within } from "./within.ts";

const COMMIT_TIMEOUT_MS = 2_000;
/** How long the fate of a transaction is asked for after its connection was lost. */
const ASK_MS = 4_000;
const ASK_EVERY_MS = 100;

interface Finished {
	/** Null: nothing was written. */
	xid: string | null;
	/** Changes with each failover, and with each restore to an earlier point. */
	timeline: string;
}

export interface Outcomes {
	/**
	 * Commits the writer's transaction, and finds out what became of it.
	 * @throws NotCommitted if it was aborted; StorageError `outcome_unknown`
	 */
	commit(session: Session, now: number): Promise<void>;
}

/** @param asking the connection to ask on, after the writer's was lost, which `dropWriter` ends */
export function createOutcomes(asking: Connection, dropWriter: () => void): Outcomes {
	return {
		async commit(session, now) {
			const { rows } = await session.run<Finished>("SELECT xid, timeline FROM finish_write($1)", [now]);
			const [finished] = rows;
			if (finished === undefined) throw new StorageError("unavailable", "The transaction did not finish.");
			const warned = session.warnings;
			try {
				await within(COMMIT_TIMEOUT_MS, session.script("COMMIT"));
			} catch (error) {
				const isOpen = !isLost(error) && !(error instanceof StorageError);
				if (isOpen) throw error;
				dropWriter();
				if (finished.xid === null) return;
				return decide(finished);
			}
			// Such as: the wait for a synchronous standby was cancelled.
			if (session.warnings > warned) throw unknown("PostgreSQL warned that the commit may not be on its standby.");
		},
	};

	async function decide({ xid, timeline }: Finished): Promise<void> {
		const end = performance.now() + ASK_MS;
		while (performance.now() < end) {
			const status = await askFor(xid, timeline);
			if (status === "committed") return;
			if (status === "aborted") throw new NotCommitted("The connection was lost, and the transaction aborted.");
			if (status === "elsewhere") break;
			await sleep(ASK_EVERY_MS);
		}
		throw unknown("The connection was lost at the commit, and PostgreSQL does not say what became of it.");
	}

	async function askFor(xid: string | null, timeline: string): Promise<string | undefined> {
		try {
			const { rows } = await within(
				ASK_EVERY_MS * 10,
				asking
					.session()
					.run<{ timeline: string; status: string | null }>(
						"SELECT current_timeline() AS timeline, pg_xact_status($1::xid8) AS status",
						[xid],
					),
			);
			const [row] = rows;
			// With another history, the number may be another transaction's.
			return row?.timeline === timeline ? (row.status ?? "elsewhere") : "elsewhere";
		} catch {
			asking.drop();
			return undefined;
		}
	}
}

function unknown(message: string): StorageError {
	return new StorageError("outcome_unknown", message);
}
