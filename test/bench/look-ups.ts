import { randomInt } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { keyLookUp } from "../../server/keys/authenticate/authenticate.store.ts";
import { generateKey } from "../../server/keys/manage/generate-key.ts";
import type { Storage } from "../../server/storage/storage.ts";
import { Cluster } from "../postgres/cluster.ts";
import { findPostgres } from "../postgres/find-postgres.ts";
import { startServer } from "../server/server-process.ts";
import { measure, type Measured, median, share } from "./load.ts";
import { digestOf, onPostgres, onSqlite, type Subject } from "./many-digests.ts";
import { asGame } from "./requests.ts";

/**
 * `node test/bench/look-ups.ts [KEYS]`: what a request waits for if its key is not cached, a freshness check and a look-up,
 * with so many keys (default: 10,000,000) beside 1,000; and requests with unknown keys, which are never cached. 10 GB on
 * the disk.
 */
const MANY = Number(process.argv[2] ?? 10_000_000);
const FEW = 1_000;
const ROUNDS = 21;
const SECONDS = 2;
const UNKNOWN_KEYS = 200_000;
const LOOK_UPS = 5_000;
const AT_ONCE = [1, 32];
const counts = [FEW, MANY];

const folder = await mkdtemp(path.join(tmpdir(), "auxvyn-look-ups-"));
const cluster = await Cluster.start((await findPostgres()) ?? "", {
	inMemory: false,
	settings: { shared_buffers: "2GB", max_wal_size: "8GB", maintenance_work_mem: "1GB" },
});
try {
	await compare("SQLite", [await onSqlite(folder, FEW), await onSqlite(folder, MANY)]);
	await compare("PostgreSQL", [await onPostgres(cluster, folder, FEW), await onPostgres(cluster, folder, MANY)]);
} finally {
	await cluster.stop();
	await rm(folder, { recursive: true });
}

/** Alternating rounds, each with random keys. */
async function compare(engine: string, subjects: readonly Subject[]): Promise<void> {
	const storages = subjects.map(({ storage }) => storage);
	for (const atOnce of AT_ONCE) {
		const rounds = storages.map(() => [] as { mean: number; p99: number }[]);
		for (let round = 0; round <= ROUNDS; round++) {
			for (const [index, storage] of storages.entries()) {
				const measured = await lookUp(storage, counts[index] ?? 0, atOnce);
				// The first one warms up.
				if (round > 0) rounds[index]?.push(measured);
			}
		}
		const of = (name: "mean" | "p99", index: number) => median((rounds[index] ?? []).map((each) => each[name]));
		for (const [index, keys] of counts.entries()) {
			const ratio = median(
				(rounds[index] ?? []).map(({ mean }, round) => mean / (rounds[0]?.[round]?.mean ?? Number.NaN)),
			);
			console.log(
				`${engine}, ${keys.toLocaleString("en").padStart(10)} keys, ${String(atOnce).padStart(2)} at once: ${(of("mean", index) * 1000).toFixed(1)} µs a look-up, p99 ${(of("p99", index) * 1000).toFixed(0)} µs, ${ratio.toFixed(2)} × few`,
			);
		}
	}
	for (const storage of storages) await storage.close();
	await compareRequests(
		engine,
		subjects.map(({ env }) => env),
	);
}

async function compareRequests(engine: string, envs: readonly Record<string, string>[]): Promise<void> {
	const servers = await Promise.all(envs.map((env) => startServer({ RATE_LIMIT_SCALE: "0", ...env })));
	const unknown = Array.from({ length: UNKNOWN_KEYS }, generateKey);
	const load = { connections: AT_ONCE.at(-1) ?? 1, seconds: SECONDS, status: 401 };
	const rounds = servers.map(() => [] as Measured[]);
	for (let round = 0; round < ROUNDS; round++) {
		for (const [index, { port }] of servers.entries()) {
			const requestOf = () => asGame(unknown[randomInt(UNKNOWN_KEYS)] ?? "");
			rounds[index]?.push(await measure({ ...load, port, requestOf }));
		}
	}
	for (const server of servers) await server.stop();
	for (const [index, keys] of counts.entries()) {
		const runs = rounds[index] ?? [];
		const ratio = median(runs.map(({ rate }, round) => rate / (rounds[0]?.[round]?.rate ?? Number.NaN)));
		console.log(
			`${engine}, ${keys.toLocaleString("en").padStart(10)} keys, unknown ones: ${median(runs.map(({ rate }) => rate)).toFixed(0)} requests/s, p50 ${median(runs.map(({ p50 }) => p50)).toFixed(2)} ms, ${ratio.toFixed(2)} × few`,
		);
	}
}

/** Milliseconds: of the clock for each look-up, and how long the slowest hundredth took. */
async function lookUp(storage: Storage, keys: number, atOnce: number): Promise<{ mean: number; p99: number }> {
	const latencies: number[] = [];
	let left = LOOK_UPS;
	async function one(): Promise<void> {
		while (left-- > 0) {
			const digest = digestOf(randomInt(keys));
			const began = performance.now();
			await storage.freshness.check();
			const found = await storage.lookUp(keyLookUp, digest);
			if (found === undefined) throw new Error(`There is no key ${digest}.`);
			latencies.push(performance.now() - began);
		}
	}
	const began = performance.now();
	await Promise.all(Array.from({ length: atOnce }, one));
	const mean = (performance.now() - began) / LOOK_UPS;
	return {
		mean,
		p99: share(
			latencies.sort((a, b) => a - b),
			0.99,
		),
	};
}
