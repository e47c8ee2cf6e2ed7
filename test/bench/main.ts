import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";

import { type Contestant, startBare, startContestant } from "./contestants.ts";
import { compareFloods } from "./floods.ts";
import { compareMadeUpServers } from "./made-up-servers.ts";
import { comparePostgres } from "./postgres.ts";
import { compareRates } from "./rates.ts";
import { GAMES, PEOPLE } from "./requests.ts";
import { slowFsync } from "./slow-fsync.ts";
import { compareTabs } from "./tabs.ts";
import { compareWaits } from "./under-load.ts";

const PARTS = ["games", "people", "waits", "floods", "servers", "slow", "tabs"];

/**
 * The figures that the README quotes. `--beside FOLDER` also runs another checkout in every part, for comparison.
 * `--postgres`: a server on PostgreSQL instead.
 */
const { values } = parseArgs({
	options: {
		beside: { type: "string" },
		postgres: { type: "boolean", default: false },
		rounds: { type: "string", default: "7" },
		seconds: { type: "string", default: "2" },
		part: { type: "string", multiple: true, default: PARTS },
	},
});
const rounds = Number(values.rounds);
const seconds = Number(values.seconds);
const MANY_KEYS = 100_000;
const SOME_KEYS = 20_000;
const FLOODED_KEYS = 5_000;
const PEOPLE_CONNECTIONS = 8;
const GAME_CONNECTIONS = 32;

async function withContestants(
	{ keys, env }: { keys: number; env?: Record<string, string> },
	work: (contestants: Contestant[]) => Promise<void>,
): Promise<void> {
	const contestants: Contestant[] = [];
	try {
		contestants.push(await startContestant({ name: "this", folder: undefined, keys, ...(env && { env }) }));
		if (values.beside !== undefined) {
			contestants.push(await startContestant({ name: "the other", folder: values.beside, keys, ...(env && { env }) }));
		}
		await work(contestants);
	} finally {
		for (const contestant of contestants) await contestant.stop();
	}
}

const has = (part: string): boolean => !values.postgres && values.part.includes(part);
console.log(`Node ${process.versions.node}`);

if (values.postgres) await comparePostgres({ keys: MANY_KEYS, rounds, seconds, connections: GAME_CONNECTIONS });

if (has("games") || has("people") || has("tabs")) {
	await withContestants({ keys: MANY_KEYS }, async (contestants) => {
		const rates = { contestants, rounds, seconds };
		if (has("games")) {
			const bare = await startBare();
			const games = { ...rates, requests: GAMES, bare: bare.port, connections: GAME_CONNECTIONS };
			await compareRates({ title: `Games, ${MANY_KEYS.toLocaleString("en")} keys`, ...games }).finally(() =>
				bare.stop(),
			);
		}
		if (has("tabs") && contestants[0]) await compareTabs(contestants[0], rounds);
		if (has("people")) {
			const people = { ...rates, requests: PEOPLE, connections: PEOPLE_CONNECTIONS };
			await compareRates({ title: `People, ${MANY_KEYS.toLocaleString("en")} keys`, ...people });
		}
	});
}

if (has("waits")) {
	await withContestants({ keys: SOME_KEYS }, (contestants) => compareWaits("Waits", contestants, { rounds, seconds }));
}

if (has("floods")) {
	await withContestants({ keys: FLOODED_KEYS }, (contestants) => compareFloods(contestants, { rounds, seconds }));
}

if (has("servers")) {
	await withContestants({ keys: SOME_KEYS }, async ([contestant]) => {
		if (contestant) await compareMadeUpServers(contestant, { rounds, seconds });
	});
}

for (const part of values.part.filter((each) => !PARTS.includes(each))) {
	console.error(`Unknown part ${part}: use any of ${PARTS.join(", ")}.`);
	process.exitCode = 1;
}

if (has("slow") && process.platform !== "linux") {
	console.log("\nSkipped the part with slow fsyncs: it needs Linux and a C compiler.");
} else if (has("slow")) {
	const folder = await mkdtemp(join(tmpdir(), "auxvyn-bench-"));
	try {
		const env = await slowFsync(folder);
		await withContestants({ keys: SOME_KEYS, env }, async (contestants) => {
			const title = "Each fsync 10 ms slower";
			const rates = { contestants, rounds, seconds };
			await compareRates({ title: `${title}, games`, ...rates, requests: GAMES, connections: GAME_CONNECTIONS });
			await compareRates({ title: `${title}, people`, ...rates, requests: PEOPLE, connections: PEOPLE_CONNECTIONS });
			await compareWaits(`${title}, waits`, contestants, { rounds, seconds });
		});
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}
