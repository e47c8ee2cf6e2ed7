import { readFileSync } from "node:fs";

import pg from "pg";

import { newId } from "../../server/ids.ts";
import { digestOf, digestPrefix } from "../../server/keys/authenticate/digest.ts";
import { generateKey } from "../../server/keys/manage/generate-key.ts";
import { prepareDatabase } from "../../server/storage/postgres/prepare-database.ts";
import { Cluster } from "../postgres/cluster.ts";
import { findPostgres } from "../postgres/find-postgres.ts";
import { signUpAt } from "../server/person.ts";
import { startServer } from "../server/server-process.ts";
import { startBare } from "./contestants.ts";
import { type Load, measure, type Measured, median } from "./load.ts";
import { asGame } from "./requests.ts";

const UNKNOWN_KEYS = 100_000;
const KEYS_PER_STATEMENT = 10_000;
/** Of the kernel's clock, in which /proc counts. */
const TICKS_PER_SECOND = 100;

export interface PostgresOptions {
	keys: number;
	rounds: number;
	seconds: number;
	connections: number;
}

interface Contest extends Pick<Load, "port" | "requestOf" | "status"> {
	what: string;
}

/** `whoami` with a server on PostgreSQL on the same machine, beside a bare Fastify, and what the database spends on it. */
export async function comparePostgres({ keys, rounds, seconds, connections }: PostgresOptions): Promise<void> {
	const programs = await findPostgres();
	if (programs === undefined) throw new Error("PostgreSQL is not installed: on Debian, apt-get install postgresql.");
	const cluster = await Cluster.start(programs);
	const url = await cluster.createDatabase();
	await prepareDatabase(url);
	const server = await startServer({
		DATABASE_URL: url,
		AUXVYN_SECRET: "signs-the-sessions-of-the-bench-0123456789",
		PUBLIC_URL: "http://localhost:8787",
		RATE_LIMIT_SCALE: "0",
	});
	const bare = await startBare();
	try {
		const rin = await signUpAt(`http://localhost:${server.port}`, "Rin", "http://localhost:8787");
		const { secret } = await rin.createKey("Production");
		const secrets = await insertKeys(url, rin.workspaceId, keys);
		const unknown = Array.from({ length: UNKNOWN_KEYS }, generateKey);
		const contests: Contest[] = [
			{ what: "bare Fastify, no lookup", port: bare.port, requestOf: () => asGame(secret) },
			{ what: "whoami, one key", port: server.port, requestOf: () => asGame(secret) },
			{ what: "whoami, all keys in turn", port: server.port, requestOf: (index) => asGame(at(secrets, index)) },
			{
				what: "whoami, unknown keys (401)",
				port: server.port,
				requestOf: (index) => asGame(at(unknown, index)),
				status: 401,
			},
		];
		const runs = contests.map(() => [] as (Measured & { spent: number })[]);
		for (let round = 0; round < rounds; round++) {
			for (const [index, { what: _, ...contest }] of contests.entries()) {
				const before = cpuSeconds(cluster.pid);
				const measured = await measure({ connections, seconds, ...contest });
				const spent = ((cpuSeconds(cluster.pid) - before) / (measured.rate * seconds)) * 1_000_000;
				runs[index]?.push({ ...measured, spent });
			}
			console.error(`PostgreSQL: round ${round + 1} of ${rounds}`);
		}
		console.log(
			`\nPostgreSQL, ${keys.toLocaleString("en")} keys; medians of ${rounds} alternating rounds of ${seconds} s, ${connections} connections:\n`,
		);
		for (const [index, { what }] of contests.entries()) print(what, runs[index] ?? [], runs[0] ?? []);
	} finally {
		bare.stop();
		await server.stop();
		await cluster.stop();
	}
}

function print(what: string, runs: (Measured & { spent: number })[], bare: Measured[]): void {
	const of = (name: "p50" | "p99" | "rate" | "spent") => median(runs.map((each) => each[name]));
	const ratio = median(runs.map(({ rate }, round) => rate / (bare[round]?.rate ?? Number.NaN)));
	console.log(
		`${what.padEnd(28)} ${of("rate").toFixed(0).padStart(7)} requests/s   ${ratio.toFixed(2)} × bare   p50 ${of("p50").toFixed(2)} ms, p99 ${of("p99").toFixed(2)} ms   the database: ${of("spent").toFixed(1)} µs of CPU a request`,
	);
}

function at(keys: readonly string[], index: number): string {
	return keys[index % keys.length] ?? "";
}

/** Inserts keys as if each had been created in the dashboard. Returns the keys. */
async function insertKeys(url: string, workspaceId: string, count: number): Promise<string[]> {
	const secrets = Array.from({ length: count }, generateKey);
	const client = new pg.Client({ connectionString: url });
	await client.connect();
	for (let first = 0; first < count; first += KEYS_PER_STATEMENT) {
		const some = secrets.slice(first, first + KEYS_PER_STATEMENT);
		const digests = some.map(digestOf);
		await client.query(
			`INSERT INTO api_key (digest_prefix, digest, id, workspace_id, label, label_folded, hint, origin, created_at, sealed_at)
			SELECT prefix, digest, id, $5, 'Key ' || n || '.', 'key ' || n || '.', hint, 'dashboard', 1, 1
			FROM unnest($1::bigint[], $2::bytea[], $3::text[], $4::text[]) WITH ORDINALITY AS key (prefix, digest, id, hint, n)`,
			[
				digests.map((digest) => digestPrefix(digest).toString()),
				digests.map((digest) => Buffer.from(digest, "hex")),
				some.map(() => newId("key")),
				some.map((secret) => secret.slice(-4)),
				workspaceId,
			],
		);
	}
	await client.query("ANALYZE");
	await client.end();
	return secrets;
}

/** Of a process and all its children: user and system time. Linux only. */
function cpuSeconds(pid: number | undefined): number {
	const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ");
	return [String(pid), ...children].map(ticksOf).reduce((sum, each) => sum + each, 0) / TICKS_PER_SECOND;
}

/** Fields 14 and 15 of proc(5)'s stat, after the name, which may have spaces. */
function ticksOf(pid: string): number {
	const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
	return Number(fields[11]) + Number(fields[12]);
}
