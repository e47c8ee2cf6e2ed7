import { StorageError } from "../../../errors/storage-error.ts";
import { append } from "../../withdrawals/append.ts";
import { identityOf, type Numbered } from "../../withdrawals/withdrawal.ts";
import { type Note, readWithdrawalsFile, type WithdrawalsFile } from "../../withdrawals/withdrawals-file.ts";
import type { Connection } from "../connection.ts";
import type { Session } from "../session.ts";
import { UnusableDatabase } from "../unusable.ts";
import { within } from "../within.ts";
import { accountsOf, allWithdrawals, withdrawalsFrom } from "./withdrawals.ts";

const TIMEOUT_MS = 5_000;
const REMEDY =
	"it was restored to an earlier point, or failed over to a standby that was behind. Stop all servers, and run npm run restore -- --withdrawals FILE with the withdrawals.jsonl of each, or what was revoked would work again";

export interface KeeperOptions {
	connection: Connection;
	/** `withdrawals.jsonl` of this server. */
	path: string;
	/** Whether this process appends to it: one of those that have it in common is enough. */
	leads: () => boolean;
	warn: (text: string) => void;
}

export interface Keeper {
	/** After a commit of any server: appends what is new, soon. */
	keep(): void;
	/** Resolves once what was under way is done. */
	settled(): Promise<void>;
	/** False while the file lacks withdrawals that it cannot take, or has some that the database has forgotten. */
	isKeeping(): boolean;
}

/** The file cannot be written. The database has everything, so it follows with a later commit. */
class Unwritable extends Error {}

/**
 * Appends the withdrawals of all servers to this one's file, a moment after they were committed: a database that is
 * restored, or fails over to a standby that was behind, has forgotten the latest.
 * @throws UnusableDatabase if it has forgotten some that the file has
 */
export async function createKeeper({ connection, path, leads, warn }: KeeperOptions): Promise<Keeper> {
	/** The last one that is in the file. */
	let last: Numbered | undefined;
	let hasStarted = false;
	let isNamed = false;
	let isFailing = false;
	let hasForgotten = false;
	let work = Promise.resolve();

	async function start(session: Session): Promise<void> {
		const all = await allWithdrawals(session);
		const file = tryToRead(path);
		if (file !== undefined) requireAll(file, all, await accountsOf(session, all));
		const found = new Set(file?.withdrawals.map(identityOf));
		isNamed = (file?.accounts.size ?? 0) > 0;
		await add(
			session,
			all.filter((each) => !found.has(identityOf(each))),
		);
		last = all.at(-1);
		hasStarted = true;
	}

	function requireAll(file: WithdrawalsFile, all: readonly Numbered[], accounts: ReadonlySet<string>): void {
		const isOurs = [...file.accounts].some((id) => accounts.has(id));
		const known = new Set(all.map(identityOf));
		const forgotten = isOurs ? file.withdrawals.filter((each) => !known.has(identityOf(each))).length : 0;
		if (forgotten === 0) return;
		throw new UnusableDatabase(`it has forgotten withdrawals that ${path} has (${forgotten}): ${REMEDY}`);
	}

	async function add(session: Session, withdrawals: readonly Numbered[]): Promise<void> {
		if (withdrawals.length === 0) return;
		const notes = isNamed ? [] : [await noteOf(session)];
		await append(path, [...withdrawals, ...notes]).catch((error: unknown) => {
			throw new Unwritable((error as NodeJS.ErrnoException).code, { cause: error });
		});
		isNamed = true;
	}

	async function catchUp(session: Session): Promise<void> {
		for (;;) {
			const rows = await withdrawalsFrom(session, last?.number ?? 1);
			if (last !== undefined) {
				const known = rows.shift();
				// Another history, as after a failover.
				if (known === undefined || identityOf(known) !== identityOf(last))
					throw new UnusableDatabase(`it has forgotten withdrawals that ${path} has: ${REMEDY}`);
			}
			if (rows.length === 0) return;
			await add(session, rows);
			last = rows.at(-1);
		}
	}

	async function attempt(): Promise<void> {
		if (hasForgotten || !leads()) return;
		try {
			const session = connection.session();
			await within(TIMEOUT_MS, hasStarted ? catchUp(session) : start(session));
			isFailing = false;
		} catch (error) {
			report(error);
		}
	}

	/** Once. The connection has reports of its own. */
	function report(error: unknown): void {
		if (error instanceof UnusableDatabase) {
			hasForgotten = true;
			warn(error.message);
		} else if (error instanceof Unwritable) {
			if (!isFailing)
				warn(`Withdrawals cannot be written to ${path} (${error.message}): check the disk and permissions.`);
			isFailing = true;
		} else if (error instanceof StorageError && error.code === "busy") connection.drop();
	}

	try {
		await start(connection.session());
	} catch (error) {
		if (!(error instanceof Unwritable)) throw error;
		report(error);
	}
	return {
		keep: () => void (work = work.then(attempt)),
		settled: () => work,
		isKeeping: () => !isFailing && !hasForgotten,
	};
}

/** Whose file it is: the oldest account's. */
async function noteOf(session: Session): Promise<Note> {
	const { rows } = await session.run<{ at: number; account: string | null }>(
		`SELECT latest AS at, (SELECT id FROM "user" ORDER BY "createdAt", id LIMIT 1) AS account FROM clock`,
	);
	return { what: "complete", at: rows[0]?.at ?? 0, account: rows[0]?.account ?? undefined };
}

function tryToRead(path: string): WithdrawalsFile | undefined {
	try {
		return readWithdrawalsFile(path);
	} catch {
		return undefined;
	}
}
