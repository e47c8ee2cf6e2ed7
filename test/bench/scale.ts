import { randomInt } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { Cluster } from "../postgres/cluster.ts";
import { findPostgres } from "../postgres/find-postgres.ts";
import { type ServerProcess, startServer } from "../server/server-process.ts";
import { type FullDatabase, keyOf, onPostgres, onSqlite, unknownKey } from "./full-database.ts";
import { type Contest, measureOne, type Round } from "./games.ts";
import { median } from "./load.ts";
import { type LookUps, timeLookUps } from "./look-ups.ts";
import { keyCacheMegabytes, residentMegabytes } from "./memory.ts";
import { asGame } from "./requests.ts";
import { KEY_PLACE } from "./wrk.ts";

const STEPS = [1_000, 100_000, 1_000_000];
/** More than a server answers in a second: each key that is sent is picked anew. */
const SENT_PER_SECOND = 50_000;
const AT_ONCE = 32;
const LARGE_POSTGRES = { shared_buffers: "2GB", max_wal_size: "8GB", maintenance_work_mem: "1GB" };

export interface ScaleOptions {
	/** Of the largest database. */
	keys: number;
	wrk: string | undefined;
	rounds: number;
	seconds: number;
	connections: number;
}

/** Medians over the rounds by what was measured, for each number of keys. */
export interface Scale {
	engine: "SQLite" | "PostgreSQL";
	keys: number[];
	measures: Record<string, number[]>;
}

/** Measures both engines with few keys and with very many, which take about 1.1 kB of disk each. */
export async function compareScale(options: ScaleOptions): Promise<Scale[]> {
	const steps = [...STEPS.filter((step) => step < options.keys), options.keys];
	const folder = await mkdtemp(path.join(tmpdir(), "auxvyn-scale-"));
	try {
		const sqlite = await measureEngine("SQLite", steps, (keys) => onSqlite(folder, keys), options);
		const programs = await findPostgres();
		if (programs === undefined) {
			console.error("Left out PostgreSQL, which is not installed: on Debian, apt-get install postgresql.");
			return [sqlite];
		}
		const cluster = await Cluster.start(programs, { inMemory: false, settings: LARGE_POSTGRES });
		try {
			const fill = (keys: number) => onPostgres(cluster, folder, keys);
			return [sqlite, await measureEngine("PostgreSQL", steps, fill, options)];
		} finally {
			await cluster.stop();
		}
	} finally {
		await rm(folder, { recursive: true });
	}
}

async function measureEngine(
	engine: Scale["engine"],
	steps: readonly number[],
	fill: (keys: number) => Promise<FullDatabase>,
	options: ScaleOptions,
): Promise<Scale> {
	const databases: FullDatabase[] = [];
	for (const keys of steps) {
		const database = await fill(keys);
		databases.push(database);
		console.error(`${engine}: ${keys.toLocaleString("en")} keys in ${database.seconds.toFixed(0)} s`);
	}
	const perKey = (of: "table" | "indexes") => databases.map(({ size, keys }) => size[of] / keys);
	const onDisk = {
		"seconds to fill": databases.map(({ seconds }) => seconds),
		"database, MB": databases.map(({ size }) => size.database / 1e6),
		"table, bytes a key": perKey("table"),
		"indexes, bytes a key": perKey("indexes"),
	};
	const measures = { ...onDisk, ...(await lookUps(databases, options)), ...(await requests(databases, options)) };
	return { engine, keys: [...steps], measures };
}

async function lookUps(
	databases: readonly FullDatabase[],
	{ rounds }: ScaleOptions,
): Promise<Record<string, number[]>> {
	const kinds: Record<string, Omit<LookUps, "keys">> = {
		"look-up, µs": { known: true, checked: false, atOnce: 1 },
		"look-up of an unknown key, µs": { known: false, checked: false, atOnce: 1 },
		"check and look-up, µs": { known: true, checked: true, atOnce: 1 },
		"check, unknown key, µs": { known: false, checked: true, atOnce: 1 },
		[`check and look-up, ${AT_ONCE} at once, µs`]: { known: true, checked: true, atOnce: AT_ONCE },
	};
	const storages = await Promise.all(databases.map(({ open }) => open()));
	try {
		const measures: Record<string, number[]> = {};
		for (const [name, kind] of Object.entries(kinds)) {
			const times = await inRounds(rounds, databases, ({ keys }, index) => {
				const storage = storages[index];
				if (storage === undefined) throw new RangeError("There is one storage for each database.");
				return timeLookUps(storage, { ...kind, keys });
			});
			measures[name] = times.map((each) => median(each));
		}
		return measures;
	} finally {
		for (const storage of storages) await storage.close();
	}
}

async function requests(databases: readonly FullDatabase[], options: ScaleOptions): Promise<Record<string, number[]>> {
	const { wrk, rounds, seconds, connections } = options;
	const sent = { length: SENT_PER_SECOND * Math.ceil(seconds) };
	const kinds: Record<string, (keys: number) => Pick<Contest, "keys" | "status" | "settles">> = {
		whoami: (keys) => ({ keys: Array.from(sent, () => keyOf(randomInt(keys))), status: 200, settles: true }),
		"unknown keys": () => ({ keys: Array.from(sent, unknownKey), status: 401 }),
	};
	const servers: ServerProcess[] = [];
	try {
		for (const { env } of databases) servers.push(await startServer({ RATE_LIMIT_SCALE: "0", ...env }));
		const measures: Record<string, number[]> = {};
		for (const [name, contest] of Object.entries(kinds)) {
			const runs = await inRounds<FullDatabase, Round>(rounds, databases, ({ keys }, index) => {
				const { port = 0, child } = servers[index] ?? {};
				const about = { name, port, pid: child?.pid ?? 0, request: asGame(KEY_PLACE), inTurn: true };
				return measureOne(wrk, { ...about, ...contest(keys) }, { connections, seconds });
			});
			measures[`${name}, requests/s`] = runs.map((each) => median(each.map(({ rate }) => rate)));
			measures[`${name}, CPU µs`] = runs.map((each) => median(each.map(({ cpu }) => cpu)));
			measures[`${name}, p99 ms`] = runs.map((each) => median(each.map(({ p99 }) => p99)));
		}
		measures["memory of the server, MB"] = servers.map(({ child }) => residentMegabytes(child.pid ?? 0));
		measures["of it, cached keys, MB"] = await Promise.all(servers.map(({ port }) => keyCacheMegabytes(port)));
		return measures;
	} finally {
		for (const server of servers) await server.stop();
	}
}

/** Measures all in turn, round by round; the first round warms up. */
async function inRounds<Subject, Measured>(
	rounds: number,
	subjects: readonly Subject[],
	measure: (subject: Subject, index: number) => Promise<Measured>,
): Promise<Measured[][]> {
	const all = subjects.map(() => [] as Measured[]);
	for (let round = 0; round <= rounds; round++) {
		for (const [index, subject] of subjects.entries()) {
			const measured = await measure(subject, index);
			if (round > 0) all[index]?.push(measured);
		}
	}
	return all;
}

export function printScale(title: string, { keys, measures }: Scale): void {
	console.log(`\n${title}:\n`);
	const lines = Object.entries(measures).map(([name, values]) => [name, ...values.map(inThreeDigits)]);
	for (const [first = "", ...rest] of [["keys", ...keys.map((count) => count.toLocaleString("en"))], ...lines])
		console.log(first.padEnd(42) + rest.map((cell) => cell.padStart(12)).join(""));
}

function inThreeDigits(value: number): string {
	return value.toLocaleString("en", value < 100 ? { maximumSignificantDigits: 3 } : { maximumFractionDigits: 0 });
}
