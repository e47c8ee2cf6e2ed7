import { setTimeout as sleep } from "node:timers/promises";

import { addAdmin, signUpAt } from "../server/person.ts";
import { openConnection } from "./connection.ts";
import type { Contestant } from "./contestants.ts";
import { measureSteadily, runFlood } from "./floods.ts";
import { median, share } from "./load.ts";
import { asGame, firstPage, list, search } from "./requests.ts";

/** What whoami's p99 may be, or three times the quiet one where that is more. */
const CALM_MS = 25;
const TIMES_QUIET = 3;
const FLOOD_CONNECTIONS = 300;
const SEARCHES = 2;
const USED_KEYS = 20_000;
const USING_CONNECTIONS = 16;
/** Before measuring: connecting takes a moment. */
const LEAD_MS = 500;
/** Counts of use are written every two seconds. */
const SETTLE_MS = 4_000;

/** `other`: as another person who manages the same keys, and takes turns of their own. */
interface Bothered extends Contestant {
	other: Contestant;
}

/** Begins a disturbance of so many seconds. Resolves once it is under way, with what waits for its end. */
type Disturb = (contestant: Bothered, seconds: number) => Promise<() => Promise<unknown>>;

const DISTURBANCES: Record<string, Disturb> = {
	quiet: async () => async () => undefined,
	"the dashboard is flooded": (contestant, seconds) =>
		flood([list(contestant, 200), firstPage(contestant)], { contestant, connections: FLOOD_CONNECTIONS, seconds }),
	"searches of all keys": (contestant, seconds) =>
		flood([search(contestant.other, "zzz"), search(contestant.other, "9")], {
			contestant,
			connections: SEARCHES,
			seconds,
		}),
	[`counts of ${USED_KEYS.toLocaleString("en")} keys are written`]: async (contestant) => {
		await useKeys(contestant, USED_KEYS);
		return async () => undefined;
	},
	"another program has the lock": async (contestant) => {
		await useKeys(contestant, 100);
		return contestant.lock();
	},
};
DISTURBANCES["all at once"] = async (contestant, seconds) => {
	const each = Object.values(DISTURBANCES).slice(1, -1);
	const ends = await Promise.all(each.map((disturb) => disturb(contestant, seconds)));
	return () => Promise.all(ends.map((end) => end()));
};

async function flood(
	requests: string[],
	{ contestant, connections, seconds }: { contestant: Contestant; connections: number; seconds: number },
): Promise<() => Promise<unknown>> {
	const { port } = contestant.server;
	const ended = runFlood({ port, requests, connections, seconds: seconds + LEAD_MS / 1000 });
	await sleep(LEAD_MS);
	return async () => {
		const answers = await ended;
		if ((answers[200] ?? 0) === 0) throw new Error(`The flood was not served: ${JSON.stringify(answers)}`);
	};
}

async function useKeys({ server, secrets }: Contestant, count: number): Promise<void> {
	const left = secrets.slice(0, count);
	const use = async (): Promise<void> => {
		const { ask, close } = await openConnection(server.port);
		for (let secret = left.pop(); secret !== undefined; secret = left.pop()) await ask(asGame(secret));
		close();
	};
	await Promise.all(Array.from({ length: USING_CONNECTIONS }, use));
}

interface Waits {
	p50: number;
	p99: number;
	max: number;
}

/** Measures how long games wait while everything else that a server does is done to excess. */
export async function measureCalm(
	contestant: Contestant,
	{ title, rounds, seconds }: { title: string; rounds: number; seconds: number },
): Promise<void> {
	const { server, secrets, rin } = contestant;
	const jo = await signUpAt(`http://localhost:${server.port}`, "Jo", server.url);
	await addAdmin(rin, jo, rin.workspaceId);
	const bothered = { ...contestant, other: { ...contestant, rin: { ...jo, workspaceId: rin.workspaceId } } };
	const request = () => asGame(secrets[Math.floor(Math.random() * secrets.length)] ?? "");
	const waits = new Map<string, Waits[]>(Object.keys(DISTURBANCES).map((name) => [name, []]));
	for (let round = 0; round < rounds; round++) {
		for (const [name, disturb] of Object.entries(DISTURBANCES)) {
			const end = await disturb(bothered, seconds);
			const measured = await measureSteadily(server.port, request, seconds);
			await end();
			waits.get(name)?.push({ p50: share(measured, 0.5), p99: share(measured, 0.99), max: share(measured, 1) });
			await sleep(SETTLE_MS);
		}
		console.error(`Calm: round ${round + 1} of ${rounds}`);
	}
	console.log(
		`\n${title}, ${secrets.length.toLocaleString("en")} keys; medians of ${rounds} rounds of ${seconds} s:\n`,
	);
	const of = (name: string, what: keyof Waits) => median((waits.get(name) ?? []).map((each) => each[what]));
	const limit = Math.max(CALM_MS, TIMES_QUIET * of("quiet", "p99"));
	for (const name of waits.keys()) {
		const [p50, p99, max] = (["p50", "p99", "max"] as const).map(
			(what) => `${what} ${of(name, what).toFixed(1).padStart(6)}`,
		);
		const verdict = of(name, "p99") <= limit ? "holds" : "DOES NOT HOLD";
		console.log(
			`whoami while ${name.padEnd(36)} ${p50}   ${p99}   ${max} ms   at most ${limit.toFixed(0)} ms: ${verdict}`,
		);
	}
}
