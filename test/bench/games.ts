import { setTimeout as sleep } from "node:timers/promises";

import { generateKey } from "../../server/keys/manage/generate-key.ts";
import { type Contestant, startBare } from "./contestants.ts";
import { type CpuTime, cpuTime } from "./cpu-time.ts";
import { median } from "./load.ts";
import { asGame } from "./requests.ts";
import { KEY_PLACE, type KeyedLoad, load } from "./wrk.ts";

export const SOME_KEYS = 1_000;
export const UNKNOWN_KEYS = 100_000;
/** A refusal of the whole length, whose checksum is wrong. */
const MALFORMED = `auxvyn_${"0".repeat(60)}`;
/** Uses are written every two seconds. Those that are logged are counted quickly only once no more came for five. */
const SETTLE_MS = 8_000;
const SETTLED_WITHIN_MS = 60_000;
const LOOK_EVERY_MS = 500;
/** Of CPU, between two looks at a server that does nothing. */
const IDLE_SECONDS = 0.03;
export const BARE = "bare Fastify route";

export interface Contest extends Pick<KeyedLoad, "port" | "request" | "keys" | "inTurn" | "status"> {
	name: string;
	pid: number;
	/** Many counts are written after it, which it is charged with. */
	settles?: boolean;
}

/** One round. Times in milliseconds, CPU in microseconds a request. */
export interface Round {
	rate: number;
	p50: number;
	p99: number;
	cpu: number;
	serving: number;
}

/** Medians over the rounds; ratios are medians of each round's ratio to the bare route. */
export interface Row {
	name: string;
	requestsPerSecond: number;
	/** CPU a request, of all threads of the process. */
	cpuMicros: number;
	ratio: number;
	cpuRatio: number;
	/** More than the bare route took in the same round. */
	extraCpuMicros: number;
	/** CPU a request, of the thread that serves them. */
	servingCpuMicros: number;
	p50Ms: number;
	p99Ms: number;
	p99Ratio: number;
}

export interface GamesOptions {
	contestants: Contestant[];
	wrk: string | undefined;
	rounds: number;
	seconds: number;
	connections: number;
	/** Measured beside them in the same rounds. */
	also?: readonly Contest[];
}

/**
 * Measures in turn, round by round, a route of Fastify and a handler of Node that send what whoami answers, and the server
 * with keys of all kinds.
 */
export async function compareGames(options: GamesOptions): Promise<Row[]> {
	const { contestants, wrk, rounds, seconds, connections, also = [] } = options;
	const [first] = contestants;
	if (first === undefined) return [];
	const answer = await whoami(first);
	const bare = { fastify: await startBare(answer, "fastify"), http: await startBare(answer, "http") };
	try {
		const same = { request: asGame(KEY_PLACE), keys: [first.secret], status: 200 };
		const contests: Contest[] = [
			{ name: "bare node:http", ...bare.http, ...same },
			{ name: BARE, ...bare.fastify, ...same },
			// The load takes longer for each, so that fewer requests arrive together.
			{ name: "bare Fastify, keys at random", ...bare.fastify, ...same, keys: first.secrets },
			...contestants.flatMap((contestant) => contestsOf(contestant, contestants.length > 1)),
			...also,
		];
		const runs = contests.map(() => [] as Round[]);
		// The first one warms up.
		for (let round = 0; round <= rounds; round++) {
			for (const [index, contest] of contests.entries()) {
				const measured = await measureOne(wrk, contest, { connections, seconds });
				if (round > 0) runs[index]?.push(measured);
			}
			if (round > 0) console.error(`Games: round ${round} of ${rounds}`);
		}
		const bareRuns = runs[contests.findIndex(({ name }) => name === BARE)] ?? [];
		return contests.map(({ name }, index) => rowOf(name, runs[index] ?? [], bareRuns));
	} finally {
		bare.fastify.stop();
		bare.http.stop();
	}
}

function contestsOf({ name, server, secret, secrets, rin }: Contestant, isNamed: boolean): Contest[] {
	const own = { port: server.port, pid: server.child.pid ?? 0, request: asGame(KEY_PLACE), status: 200 };
	const forwardAuth = { ...own, request: asGame(KEY_PLACE, `/v1/forward-auth?workspace=${rin.workspaceId}`) };
	const many = secrets.length.toLocaleString("en");
	const unknown = Array.from({ length: UNKNOWN_KEYS }, generateKey);
	const contests: Contest[] = [
		{ ...own, name: "whoami, one key", keys: [secret] },
		{ ...forwardAuth, name: "forward-auth, one key", keys: [secret] },
		...(secrets.length > SOME_KEYS
			? [{ ...own, name: "whoami, 1,000 keys", keys: secrets.slice(0, SOME_KEYS), settles: true }]
			: []),
		{ ...own, name: `whoami, ${many} keys`, keys: secrets, settles: true },
		{ ...forwardAuth, name: `forward-auth, ${many} keys`, keys: secrets, settles: true },
		{ ...own, name: "unknown keys: 401", keys: unknown, status: 401 },
		{ ...own, name: "a malformed key: 401", keys: [MALFORMED], status: 401 },
		{ ...own, name: "no key: 401", request: own.request.replace(/Authorization.*\r\n/, ""), keys: [], status: 401 },
	];
	return isNamed ? contests.map((contest) => ({ ...contest, name: `${contest.name} (${name})` })) : contests;
}

export async function measureOne(
	wrk: string | undefined,
	{ pid, settles = false, ...contest }: Contest,
	how: Pick<KeyedLoad, "connections" | "seconds">,
): Promise<Round> {
	const before = cpuTime(pid);
	const { rate, p50, p99 } = await load(wrk, { ...contest, ...how });
	if (settles) await settled(pid);
	const after = cpuTime(pid);
	const micros = (what: keyof CpuTime) => ((after[what] - before[what]) / (rate * how.seconds)) * 1e6;
	return { rate, p50, p99, cpu: micros("all"), serving: micros("serving") };
}

/** Waits until all counts are written. */
async function settled(pid: number): Promise<void> {
	const endsAt = performance.now() + SETTLED_WITHIN_MS;
	await sleep(SETTLE_MS);
	for (let used = Infinity; used > IDLE_SECONDS && performance.now() < endsAt;) {
		const before = cpuTime(pid).all;
		await sleep(LOOK_EVERY_MS);
		used = cpuTime(pid).all - before;
	}
}

function rowOf(name: string, rounds: Round[], bare: Round[]): Row {
	const of = (what: keyof Round) => median(rounds.map((round) => round[what]));
	const beside = (compare: (own: Round, other: Round) => number) =>
		median(rounds.flatMap((round, index) => (bare[index] === undefined ? [] : [compare(round, bare[index])])));
	return {
		name,
		requestsPerSecond: Math.round(of("rate")),
		cpuMicros: of("cpu"),
		ratio: beside((own, other) => own.rate / other.rate),
		cpuRatio: beside((own, other) => own.cpu / other.cpu),
		extraCpuMicros: beside((own, other) => own.cpu - other.cpu),
		servingCpuMicros: of("serving"),
		p50Ms: of("p50"),
		p99Ms: of("p99"),
		p99Ratio: beside((own, other) => own.p99 / other.p99),
	};
}

export function printGames(title: string, rows: readonly Row[]): void {
	console.log(`\n${title}:\n`);
	const header = ["", "requests/s", "× bare", "CPU µs", "− bare", "main thread", "p50 ms", "p99 ms", "× bare"];
	const lines = rows.map((row) => [
		row.name,
		String(row.requestsPerSecond),
		row.ratio.toFixed(2),
		row.cpuMicros.toFixed(1),
		`${row.extraCpuMicros < 0 ? "−" : "+"}${Math.abs(row.extraCpuMicros).toFixed(1)}`,
		row.servingCpuMicros.toFixed(1),
		row.p50Ms.toFixed(2),
		row.p99Ms.toFixed(2),
		row.p99Ratio.toFixed(2),
	]);
	for (const [first = "", ...rest] of [header, ...lines])
		console.log(first.padEnd(32) + rest.map((cell) => cell.padStart(13)).join(""));
	console.log(
		"\nBare is the bare Fastify route, in the same round: × compares with it, − is the difference. CPU µs are per request, of\nall threads of the process; main thread is the part of the thread that serves requests.",
	);
}

export async function whoami({ server, secret }: Contestant): Promise<string> {
	const response = await fetch(`http://127.0.0.1:${server.port}/v1/whoami`, {
		headers: { authorization: `Bearer ${secret}` },
	});
	return response.text();
}
