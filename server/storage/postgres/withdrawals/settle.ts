import { StorageError } from "../../../errors/storage-error.ts";
import { inForce } from "../../withdrawals/in-force.ts";
import { readUsable } from "../../withdrawals/usable-file.ts";
import { identityOf, type Withdrawal } from "../../withdrawals/withdrawal.ts";
import { appendToFile, type WithdrawalsFile } from "../../withdrawals/withdrawals-file.ts";
import { asStorageError } from "../errors.ts";
import { MIGRATING } from "../migrate.ts";
import { prepareDatabase } from "../prepare-database.ts";
import { openSession, type Session } from "../session.ts";
import { applyWithdrawals } from "./apply.ts";
import { accountsOf, allWithdrawals } from "./withdrawals.ts";

export interface SettleOptions {
	url: string;
	/** `withdrawals.jsonl` of this server, which need not exist. */
	own: string;
	/** Those of the other servers. */
	files: readonly string[];
	/** Leaves out what was withdrawn after the point that was restored. */
	asBackedUp: boolean;
	/** In milliseconds. */
	now: number;
}

export interface Settled {
	/** The latest time stored in the database, as it was restored. */
	restoredTo: number;
	/** The files that it has read. */
	files: string[];
	/** What was withdrawn again, one line each. */
	withdrawn: string[];
	/** When the latest one was withdrawn that the files have; undefined without any. */
	latest: number | undefined;
	/** Workspaces whose owners are all gone. */
	withoutOwner: string[];
	warnings: string[];
}

/** Rows that let someone in, or are about to: sessions and links. None outlives a restore. */
const SHORT_LIVED = [
	"session",
	"verification",
	"password_reset",
	"setup_token",
	"invitation",
	"pending_sign_up",
	"server_process",
];

const NOT_ON_STANDBY =
	"PostgreSQL warned that this may not be on its standby: check replication before you start the servers, or after a failover it is lost.";

/**
 * Makes a database that PostgreSQL's own tools have restored fit for use: withdraws again what was withdrawn after that
 * point, ends what lets someone in, and renews the epoch. In one transaction, with all servers stopped.
 * @throws StorageError `unusable`; then nothing was changed
 */
export async function settleRestored(options: SettleOptions): Promise<Settled> {
	await prepareDatabase(options.url);
	const session = await openSession({ url: options.url, name: "restore", prepare: false });
	try {
		// It changes one thing after another, each by a statement.
		await session.script(
			"SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0; SET synchronous_commit = on",
		);
		// A server that starts meanwhile waits.
		await session.script(`SELECT pg_advisory_lock(${MIGRATING})`);
		await requireNoServers(session);
		await session.script("BEGIN ISOLATION LEVEL SERIALIZABLE; LOCK TABLE turn IN EXCLUSIVE MODE NOWAIT");
		const settled = await settle(session, options);
		const warned = session.warnings;
		await session.script("COMMIT");
		if (session.warnings > warned) settled.warnings.push(NOT_ON_STANDBY);
		// Or the next start would find that the database has forgotten them.
		if (options.asBackedUp) appendToFile(options.own, [{ what: "as_backed_up", at: options.now }]);
		return settled;
	} catch (error) {
		throw asStorageError(error);
	} finally {
		await session.close();
	}
}

/** By the names that servers give their connections. The one that has just migrated may not be gone yet. */
async function requireNoServers(session: Session): Promise<void> {
	const { rows } = await session.run<{ count: number }>(
		`SELECT count(*) AS count FROM pg_stat_activity
		WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name LIKE 'auxvyn %'
			AND application_name <> 'auxvyn start'`,
	);
	if (rows[0]?.count === 0) return;
	throw new StorageError(
		"unusable",
		"A server is running on the database: stop all servers first, then restore. Nothing was changed.",
	);
}

async function settle(session: Session, { own, files, asBackedUp, now: asked }: SettleOptions): Promise<Settled> {
	const warnings: string[] = [];
	const accounts = await accountsOf(session, await allWithdrawals(session));
	const usable: WithdrawalsFile[] = [];
	const read: string[] = [];
	for (const path of new Set([own, ...files])) {
		const file = readUsable(path, { accounts, isNamed: files.includes(path), warnings });
		if (file === undefined) continue;
		usable.push(file);
		read.push(path);
	}
	if (usable.length === 0 && !asBackedUp) throw nothingKnown(own);
	const { rows } = await session.run<{ latest: number }>("SELECT latest FROM clock");
	const restoredTo = rows[0]?.latest ?? 0;
	const now = Math.max(restoredTo, asked);
	await endShortLived(session, now);
	const known = new Map<string, Withdrawal>(inForce(usable).map((each) => [identityOf(each), each]));
	const inOrder = [...known.values()].sort((one, other) => one.at - other.at);
	const withdrawn = asBackedUp ? [] : await applyWithdrawals(session, inOrder, restoredTo);
	await session.run("UPDATE authentication_epoch SET value = random_epoch()");
	await session.run("INSERT INTO restoration (at, backed_up_at, as_backed_up) VALUES ($1, $2, $3)", [
		now,
		restoredTo,
		Number(asBackedUp),
	]);
	await session.run("SELECT finish_write($1)", [now]);
	return {
		restoredTo,
		files: read,
		withdrawn,
		latest: inOrder.at(-1)?.at,
		withoutOwner: await withoutOwner(session),
		warnings,
	};
}

function nothingKnown(own: string): StorageError {
	return new StorageError(
		"unusable",
		`There is no file of withdrawals at ${own}: keys that were revoked after the point that was restored would work again. Give the withdrawals.jsonl of the servers by --withdrawals FILE, or accept that by --as-backed-up. Nothing was changed.`,
	);
}

async function endShortLived(session: Session, now: number): Promise<void> {
	for (const table of SHORT_LIVED) await session.run(`DELETE FROM ${table}`);
	await session.run(
		`UPDATE account SET "accessToken" = NULL, "refreshToken" = NULL, "idToken" = NULL
		WHERE "accessToken" IS NOT NULL OR "refreshToken" IS NOT NULL OR "idToken" IS NOT NULL`,
	);
	// With its salt, a pairing's key could be derived by the holder of the other half.
	await session.run(
		"UPDATE pairing SET status = 'expired', salt = NULL, ended_at = greatest($1, created_at) WHERE ended_at IS NULL",
		[now],
	);
	// Whether a key is to be kept by now, and what used it since, is not known.
	await session.run("DELETE FROM retirement WHERE state <> 'done'");
	await session.run("UPDATE api_key SET last_without_server_at = $1 WHERE revoked_at IS NULL", [now]);
	await session.run(
		`UPDATE api_key SET revoked_at = $1, revoked_reason = 'unconfirmed' WHERE sealed_at IS NULL AND revoked_at IS NULL`,
		[now],
	);
}

/** Workspaces that only people owned who are gone, by name. */
async function withoutOwner(session: Session): Promise<string[]> {
	const { rows } = await session.run<{ name: string }>(
		`SELECT name FROM workspace AS w WHERE deleted_at IS NULL
		AND NOT EXISTS (SELECT 1 FROM member AS m WHERE m.workspace_id = w.id AND m.role = 'owner') ORDER BY name`,
	);
	return rows.map(({ name }) => name);
}
