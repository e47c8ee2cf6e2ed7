import { MessageChannel, receiveMessageOnPort, Worker } from "node:worker_threads";

/** Waits for a worker's answers, so that tests can look into PostgreSQL as they do into SQLite. */
const WORKER = `
const { workerData } = require("node:worker_threads");
const pg = require("pg");
for (const oid of [20, 1700]) pg.types.setTypeParser(oid, Number);
const { port, signal } = workerData;
const databases = new Map();
async function open(url) {
	const client = new pg.Client({ connectionString: url });
	const database = { client, commits: 0 };
	client.on("error", () => undefined);
	client.on("notification", ({ processId }) => {
		if (processId !== client.processID) database.commits += 1;
	});
	await client.connect();
	await client.query("LISTEN auxvyn_commit");
	return database;
}
async function perform({ id, url, sql, values }) {
	if (!databases.has(id)) databases.set(id, open(url));
	const database = await databases.get(id);
	if (sql === undefined) {
		databases.delete(id);
		await database.client.end();
		return {};
	}
	const { rows, rowCount } = await database.client.query(sql, values.length === 0 ? undefined : values);
	// As servers do, and in a transaction with its commit.
	if (/INSERT|UPDATE|DELETE/.test(sql)) await database.client.query("NOTIFY auxvyn_commit");
	return { rows, rowCount, commits: database.commits };
}
port.on("message", async (question) => {
	const answer = await perform(question).catch((error) => ({ failure: error.message }));
	port.postMessage(answer);
	Atomics.store(signal, 0, 1);
	Atomics.notify(signal, 0);
});
`;
const TIMEOUT_MS = 30_000;
/** Texts, names in quotation marks, and places for values. */
const PARTS = /'[^']*'|"[^"]*"|\?|(?<![:\w]):(\w+)/g;

type Row = Record<string, unknown>;

interface Answer {
	rows: Row[];
	rowCount: number | null;
	/** How many commits of servers it has been told of. */
	commits: number;
}

interface Statement {
	get(...values: unknown[]): unknown;
	all(...values: unknown[]): unknown[];
	run(...values: unknown[]): { changes: number };
	pluck(): Statement;
}

let ask: ReturnType<typeof startWorker> | undefined;
let connections = 0;

/** One worker for all databases of this process: starting one takes longer than most tests. */
function startWorker() {
	const signal = new Int32Array(new SharedArrayBuffer(4));
	const { port1, port2 } = new MessageChannel();
	new Worker(WORKER, { eval: true, workerData: { port: port2, signal }, transferList: [port2] }).unref();
	return (id: number, url: string, sql?: string, values: unknown[] = []): Answer => {
		Atomics.store(signal, 0, 0);
		port1.postMessage({ id, url, sql, values });
		Atomics.wait(signal, 0, 0, TIMEOUT_MS);
		const answer = receiveMessageOnPort(port1)?.message as Answer | { failure: string } | undefined;
		if (answer === undefined) throw new Error(`No answer: ${sql}`);
		if ("failure" in answer) throw new Error(`${answer.failure}: ${sql}`);
		return answer;
	};
}

/** What tests use of better-sqlite3, on PostgreSQL. */
export function openSyncDatabase(url: string) {
	const id = ++connections;
	const run = (sql?: string, values?: unknown[]) => (ask ??= startWorker())(id, url, sql, values);

	function prepare(text: string, isPlucked = false): Statement {
		const perform = (given: unknown[]) => run(...withNumbers(text, given));
		const shape = (row: Row | undefined) => (isPlucked && row !== undefined ? Object.values(row)[0] : row);
		return {
			get: (...values) => shape(perform(values).rows[0]),
			all: (...values) => perform(values).rows.map(shape),
			run: (...values) => ({ changes: perform(values).rowCount ?? 0 }),
			pluck: () => prepare(text, true),
		};
	}

	run("SELECT 1");
	return {
		prepare: (sql: string) => prepare(sql),
		exec: (sql: string) => void run(sql),
		transaction: (work: () => void) => () => {
			run("BEGIN");
			work();
			run("COMMIT");
		},
		/** As `data_version`, the only one that tests use: changes with each commit on another connection. */
		pragma(): number {
			// PostgreSQL tells of commits between two statements.
			run("SELECT 1");
			return run("SELECT 1").commits;
		},
		/** All that its tables hold. */
		serialize(): Buffer {
			const tables = run("SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'public'").rows;
			const values = tables.flatMap(({ name }) =>
				run(`SELECT * FROM ${String(name)}`).rows.flatMap((row) => Object.values(row)),
			);
			return Buffer.concat(values.map(bytesOf));
		},
		close: () => void run(),
	};
}

function bytesOf(value: unknown): Buffer {
	if (!ArrayBuffer.isView(value)) return Buffer.from(`${String(value)}\n`);
	return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
}

/** The statement with PostgreSQL's places for values, and the values in their order. */
function withNumbers(text: string, given: unknown[]): [sql: string, values: unknown[]] {
	const values: unknown[] = [];
	const [first] = given;
	const named = first !== null && typeof first === "object" && !ArrayBuffer.isView(first) ? (first as Row) : undefined;
	let next = 0;
	const sql = text.replaceAll(PARTS, (found, name?: string) => {
		if (/^['"]/.test(found)) return found;
		values.push(name === undefined ? given[next++] : named?.[name]);
		return `$${values.length}`;
	});
	return [sql, values];
}
