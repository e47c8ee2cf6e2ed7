import { randomBytes } from "node:crypto";
import { MessageChannel, receiveMessageOnPort, Worker } from "node:worker_threads";

/** Waits for a worker's answers, so that tests can look into PostgreSQL as they do into SQLite. */
const WORKER = `
const { workerData, parentPort } = require("node:worker_threads");
const pg = require("pg");
for (const oid of [20, 1700]) pg.types.setTypeParser(oid, Number);
const client = new pg.Client({ connectionString: workerData.url });
client.on("error", () => undefined);
const ready = client.connect();
const { port, signal } = workerData;
port.on("message", async ({ sql, values }) => {
	let answer;
	try {
		await ready;
		const { rows, rowCount } = await client.query(sql, values.length === 0 ? undefined : values);
		answer = { rows, rowCount };
	} catch (error) {
		answer = { failure: error.message };
	}
	port.postMessage(answer);
	Atomics.store(signal, 0, 1);
	Atomics.notify(signal, 0);
});
parentPort.on("message", async () => { await client.end().catch(() => undefined); process.exit(0); });
`;

type Row = Record<string, unknown>;

interface Statement {
	get(...values: unknown[]): unknown;
	all(...values: unknown[]): unknown[];
	run(...values: unknown[]): { changes: number };
	pluck(): Statement;
}

/** What tests use of better-sqlite3, on PostgreSQL. */
export function openSyncDatabase(url: string) {
	const signal = new Int32Array(new SharedArrayBuffer(4));
	const { port1, port2 } = new MessageChannel();
	const worker = new Worker(WORKER, { eval: true, workerData: { url, port: port2, signal }, transferList: [port2] });
	worker.unref();

	function ask(sql: string, values: unknown[]): { rows: Row[]; rowCount: number | null } {
		Atomics.store(signal, 0, 0);
		port1.postMessage({ sql, values });
		Atomics.wait(signal, 0, 0, 10_000);
		const answer = receiveMessageOnPort(port1)?.message as
			| { rows: Row[]; rowCount: number | null }
			| { failure: string }
			| undefined;
		if (answer === undefined) throw new Error(`No answer: ${sql}`);
		if ("failure" in answer) throw new Error(`${answer.failure}: ${sql}`);
		return answer;
	}

	function prepare(text: string, isPlucked = false): Statement {
		const run = (given: unknown[]) => {
			const values: unknown[] = [];
			const [first] = given;
			const named =
				first !== null && typeof first === "object" && !ArrayBuffer.isView(first) ? (first as Row) : undefined;
			let next = 0;
			const sql = text.replaceAll(/'[^']*'|\?|(?<![:\w]):(\w+)/g, (found, name?: string) => {
				if (found.startsWith("'")) return found;
				values.push(name === undefined ? given[next++] : named?.[name]);
				return `$${values.length}`;
			});
			return ask(sql, values);
		};
		const shape = (row: Row | undefined) => (isPlucked && row !== undefined ? Object.values(row)[0] : row);
		return {
			get: (...values) => shape(run(values).rows[0]),
			all: (...values) => run(values).rows.map(shape),
			run: (...values) => ({ changes: run(values).rowCount ?? 0 }),
			pluck: () => prepare(text, true),
		};
	}

	return {
		prepare: (sql: string) => prepare(sql),
		exec: (sql: string) => void ask(sql, []),
		close: () => worker.postMessage("close"),
	};
}

export const newName = (): string => `test_${randomBytes(6).toString("hex")}`;
