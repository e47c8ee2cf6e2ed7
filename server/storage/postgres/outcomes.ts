import { setTimeout as sleep } from "node:timers/promises";

import { StorageError } from "../../errors/storage-error.ts";
import type { Connection } from "./connection.ts";
import { isLost, isRefusal } from "./errors.ts";
import type { Session } from "./session.ts";
import type { Tally } from "./tally.ts";
import { within } from "./within.ts";

const COMMIT_TIMEOUT_MS = 2_000;
/** How long the fate of a transaction is asked for after its connection was lost. */
const ASK_MS = 4_000;
const ASK_EVERY_MS = 100;
const ANSWER_MS = 1_000;
const TIME_STORED_EVERY_MS = 60_000;

interface Finished {
	/** Null: nothing was written. */
	xid: string | null;
	/** Changes with each failover, and with each restore to an earlier point. */
	timeline: string;
}

interface Status {
	timeline: string;
	/** Null: too long ago. */
	status: string | null;
	hasStandby: boolean;
}

export interface Outcomes {
	/**
	 * Commits a writer's transaction, and finds out what became of it.
	 * @param inTurn whether no other writer has a transaction now
	 * @throws StorageError `unavailable` if it was aborted; `outcome_unknown`
	 */
	commit(session: Session, now: number, inTurn: boolean): Promise<void>;
}

/** @param asking the connection to ask on, once a writer's was lost */
export function createOutcomes(asking: Connection, tally: Tally): Outcomes {
	return {
		async commit(session, now, inTurn) {
			const finished = await (inTurn ? finish(session, now) : finishBeside(session, now));
			if (finished === undefined) throw new StorageError("unavailable", "The transaction did not finish.");
			const warned = session.warnings;
			const witness = sessionOf(asking);
			try {
				await within(COMMIT_TIMEOUT_MS, session.script("COMMIT"));
			} catch (error) {
				if (isRefusal(error)) throw error;
				session.drop();
				if (finished.xid === null) return;
				return decide(finished, witness);
			}
			if (session.warnings > warned) throw notReplicated();
		},
	};

	function notReplicated(): StorageError {
		return unknown("PostgreSQL warned that the commit may not be on its standby.");
	}

	function unknown(message: string): StorageError {
		tally.unknownOutcomes += 1;
		return new StorageError("outcome_unknown", message);
	}

	/**
	 * @param witness a session from before the commit. A crash ends all sessions, and after it a number that was not yet on
	 * the disk is given to another transaction.
	 */
	async function decide({ xid, timeline }: Finished, witness: Session | undefined): Promise<void> {
		const end = performance.now() + ASK_MS;
		while (performance.now() < end && witness !== undefined && sessionOf(asking) === witness) {
			const found = await askFor(xid);
			if (witness.isEnded) break;
			// With another history, the number may be another transaction's.
			if (found === "unknown" || (found !== undefined && (found.timeline !== timeline || found.status === null))) break;
			if (found?.status === "aborted")
				throw new StorageError("unavailable", "The connection was lost at the commit, and the transaction aborted.");
			if (found?.status === "committed") return found.hasStandby ? awaitStandby() : undefined;
			await sleep(ASK_EVERY_MS);
		}
		throw unknown("The connection was lost at the commit, and PostgreSQL does not say what became of it.");
	}

	async function askFor(xid: string | null): Promise<Status | "unknown" | undefined> {
		try {
			const [status] = await ask<Status>(
				`SELECT current_timeline() AS timeline, pg_xact_status($1::xid8) AS status,
					current_setting('synchronous_standby_names') <> '' AS "hasStandby"`,
				[xid],
			);
			return status ?? "unknown";
		} catch (error) {
			// In another history, the number may be one of the future.
			return isLost(error) ? undefined : "unknown";
		}
	}

	/** PostgreSQL calls committed what a crash or a cancellation kept from its synchronous standby: a later commit waits. */
	async function awaitStandby(): Promise<void> {
		try {
			const before = asking.session();
			const warned = before.warnings;
			await ask("SELECT pg_logical_emit_message(true, 'auxvyn', '')");
			if (!before.isEnded && before.warnings === warned) return;
		} catch {
			// It is as unknown as before.
		}
		throw notReplicated();
	}

	async function ask<Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
		const session = asking.session();
		try {
			return (await within(ANSWER_MS, session.run<Row>(sql, parameters))).rows;
		} catch (error) {
			if (!(error instanceof StorageError)) throw error;
			session.drop();
			throw new StorageError("unavailable", error.message);
		}
	}
}

async function finish(session: Session, now: number): Promise<Finished | undefined> {
	const { rows } = await session.run<Finished>("SELECT xid, timeline FROM finish_write($1)", [now]);
	return rows[0];
}

/**
 * Of a write that only adds, beside others: each time that it stored would make the one whose turn it is run again. So it
 * stores the time only where no other write has done so for a while.
 */
async function finishBeside(session: Session, now: number): Promise<Finished | undefined> {
	await session.run("UPDATE clock SET latest = $1 WHERE latest < $2 AND pg_current_xact_id_if_assigned() IS NOT NULL", [
		now,
		now - TIME_STORED_EVERY_MS,
	]);
	const { rows } = await session.run<Finished>(`
		SELECT xid, timeline, CASE WHEN xid IS NOT NULL THEN pg_notify('auxvyn_commit', '') END AS told
		FROM (SELECT pg_current_xact_id_if_assigned()::text AS xid, current_timeline() AS timeline) AS finished`);
	return rows[0];
}

/** Undefined: there is none now. */
function sessionOf(connection: Connection): Session | undefined {
	try {
		return connection.session();
	} catch {
		return undefined;
	}
}
