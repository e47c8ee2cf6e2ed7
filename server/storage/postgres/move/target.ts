import { StorageError } from "../../../errors/storage-error.ts";
import { checkServer } from "../check-server.ts";
import { asStorageError } from "../errors.ts";
import { applyMigrations, MIGRATING, tablesIn } from "../migrate.ts";
import { migrations } from "../migrations/index.ts";
import { openSession, type Session } from "../session.ts";
import { faultIn, reasonOf } from "../start-faults.ts";
import { UnusableDatabase } from "../unusable.ts";
import { type Content, copyIn, copyOut } from "./copy.ts";
import type { Value } from "./copy-text.ts";
import { continueNumbers, quoted, referredToFirst } from "./tables.ts";

export interface TargetTable {
	name: string;
	columns: readonly string[];
	/** The columns by which rows are sorted. */
	order: readonly string[];
	/** The greatest number that was ever given to a row; 0 if rows have none. */
	lastNumber: number;
}

/** An empty database in a transaction, in which its tables were just created. */
export interface Target {
	/** Puts tables that others refer to before those. @throws StorageError `unusable` for one that is not there */
	inOrder<Table extends TargetTable>(tables: readonly Table[]): Promise<Table[]>;
	/** Replaces a table's rows. Returns what was sent. */
	fill(table: TargetTable, rows: Iterable<readonly Value[]>): Promise<Content>;
	/** What is in the table now. */
	content(table: TargetTable): Promise<Content>;
}

/** Whatever the user's own settings are: nothing is cut off, and bytes are written as `copyText` does. */
const SETTINGS = `
	SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0; SET LOCAL lock_timeout = '10s';
	SET LOCAL synchronous_commit = on; SET LOCAL bytea_output = 'hex'`;

/**
 * Creates Auxvyn's tables in an empty database, calls `fill`, and commits. In one transaction: however it is
 * interrupted, the database stays empty.
 * @throws StorageError `unusable`
 */
export async function intoEmptyDatabase(url: string, fill: (target: Target) => Promise<void>): Promise<void> {
	try {
		// Without prepared statements: it runs each of its own once.
		const session = await openSession({ url, name: "move", prepare: false });
		try {
			await checkServer(session);
			await requireTurn(session);
			requireEmpty(await tablesIn(session));
			await inTransaction(session, (tables) => fill(targetOn(session, tables)));
		} finally {
			// What was not committed is rolled back.
			await session.close();
		}
	} catch (error) {
		throw inWords(error, url);
	}
}

/** A server that starts on the database meanwhile waits, and finds it complete. */
async function requireTurn(session: Session): Promise<void> {
	const { rows } = await session.run<{ isMine: boolean }>(`SELECT pg_try_advisory_lock(${MIGRATING}) AS "isMine"`);
	if (rows[0]?.isMine === true) return;
	throw new UnusableDatabase("a server is starting on it, or another move is under way: wait for that");
}

function requireEmpty(tables: readonly string[]): void {
	if (tables.length === 0) return;
	const whose = tables.includes("schema_version") ? "Auxvyn's tables already, as after a server's start" : "tables";
	throw new UnusableDatabase(`it has ${whose}: create an empty one for the move`);
}

async function inTransaction(session: Session, fill: (tables: readonly string[]) => Promise<void>): Promise<void> {
	await session.script(`BEGIN; ${SETTINGS}`);
	await applyMigrations(session, migrations, 0);
	const tables = await tablesIn(session);
	// Triggers count keys and record withdrawals, which are copied themselves. Foreign keys are still checked.
	for (const name of tables) await session.script(`ALTER TABLE ${quoted(name)} DISABLE TRIGGER USER`);
	await fill(tables);
	for (const name of tables) await session.script(`ALTER TABLE ${quoted(name)} ENABLE TRIGGER USER`);
	// Until the first autovacuum, the planner would know nothing.
	await session.script(`ANALYZE ${quoted(...tables)}`);
	await commit(session);
}

function targetOn(session: Session, present: readonly string[]): Target {
	return {
		async inOrder(tables) {
			for (const { name } of tables) if (!present.includes(name)) throw notOurs(name);
			const names = await referredToFirst(session, present);
			return tables.toSorted((one, other) => names.indexOf(one.name) - names.indexOf(other.name));
		},
		async fill({ name, columns, lastNumber }, rows) {
			await session.script(`DELETE FROM ${quoted(name)}`);
			const sql = `COPY ${quoted(name)} (${quoted(...columns)}) FROM STDIN`;
			const sent = await copyIn(session.client, sql, rows).catch((error: unknown) => {
				throw refused(name, error);
			});
			await continueNumbers(session, name, lastNumber);
			return sent;
		},
		async content({ name, columns, order }) {
			const select = `SELECT ${quoted(...columns)} FROM ${quoted(name)} ORDER BY ${quoted(...order)}`;
			return copyOut(session.client, `COPY (${select}) TO STDOUT`);
		},
	};
}

async function commit(session: Session): Promise<void> {
	const warned = session.warnings;
	try {
		await session.script("COMMIT");
	} catch (error) {
		throw new StorageError(
			"unusable",
			"The connection was lost while PostgreSQL committed. If the database has tables now, everything was moved; if it has none, nothing was: run this again.",
			{ cause: error },
		);
	}
	if (session.warnings === warned) return;
	throw new StorageError(
		"unusable",
		"Everything was moved, but PostgreSQL warned that it may not be on the standby: check replication before you start a server on it.",
	);
}

/** Such as of a program that makes copies of SQLite's files. */
function notOurs(name: string): StorageError {
	return new StorageError(
		"unusable",
		`The database has a table that is not Auxvyn's (${name}): move a copy of it without that table, or drop it. Nothing was moved.`,
	);
}

/** Without the error's detail, which may quote rows. */
function refused(table: string, error: unknown): StorageError {
	const { code = "", message } = error as { code?: string; message: string };
	return new StorageError(
		"unusable",
		`PostgreSQL did not take the rows of ${table} (${`${code} ${message}`.trim()}). Nothing was moved.`,
		{ cause: error },
	);
}

/** Of the database that is filled, which no setting names yet. */
function inWords(error: unknown, url: string): unknown {
	const fault = error instanceof UnusableDatabase ? error.fault : (faultIn(error, url) ?? unreachable(error));
	if (fault === undefined) return error;
	return new StorageError("unusable", `Cannot move to that database: ${fault}. Nothing was moved.`);
}

function unreachable(error: unknown): string | undefined {
	const known = asStorageError(error);
	const isAway =
		(known instanceof StorageError && known.code === "unavailable") || Object.hasOwn(error as object, "syscall");
	return isAway ? `it does not answer (${reasonOf(error)})` : undefined;
}
