import { mkdtemp, rm } from "node:fs/promises";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";

import { measureCalm } from "./calm.ts";
import { type Contestant, startContestant } from "./contestants.ts";
import { compareFloods } from "./floods.ts";
import { compareGames, printGames, type Row } from "./games.ts";
import { measureLasting } from "./lasting.ts";
import { compareMadeUpServers } from "./made-up-servers.ts";
import { startPeers } from "./peers.ts";
import { startPostgresContestant } from "./postgres.ts";
import { profileGames } from "./profile.ts";
import { compareRates } from "./rates.ts";
import { PEOPLE } from "./requests.ts";
import { compareScale, printScale } from "./scale.ts";
import { slowFsync } from "./slow-fsync.ts";
import { compareTabs } from "./tabs.ts";
import { compareWaits } from "./under-load.ts";
import { findWrk } from "./wrk.ts";

const PARTS = ["games", "lasting", "people", "waits", "floods", "servers", "slow", "tabs", "calm"];

/**
 * The table that docs/how-it-works.md quotes, or other parts. `--json`: the table for programs. `--postgres`: with servers on
 * PostgreSQL instead. `--beside FOLDER` also runs another checkout in every part, for comparison. `--profile` says where
 * the time goes. `--scale`: both engines with up to ten million keys instead, or as many as `--keys` says.
 * `--peers`: other key services in the same table, from npm and Go's module proxy.
 */
const { values } = parseArgs({
	options: {
		beside: { type: "string" },
		json: { type: "boolean", default: false },
		keys: { type: "string" },
		peers: { type: "boolean", default: false },
		postgres: { type: "boolean", default: false },
		profile: { type: "boolean", default: false },
		rounds: { type: "string", default: "7" },
		scale: { type: "boolean", default: false },
		seconds: { type: "string", default: "2" },
		part: { type: "string", multiple: true, default: ["games"] },
	},
});
const rounds = numberFrom("rounds");
const seconds = numberFrom("seconds");
const engine = values.postgres ? "PostgreSQL" : "SQLite";
const keys = numberFrom("keys", values.scale ? "10000000" : "100000");
const SOME_KEYS = 20_000;
const FLOODED_KEYS = 5_000;
const PEOPLE_CONNECTIONS = 8;
const GAME_CONNECTIONS = 32;

/** `wrk` takes whole seconds only. */
function numberFrom(option: "keys" | "rounds" | "seconds", fallback?: string): number {
	const number = Number(values[option] ?? fallback);
	if (Number.isSafeInteger(number) && number > 0) return number;
	console.error(`--${option} must be a whole number, at least 1.`);
	process.exit(1);
}

interface Started {
	keys: number;
	env?: Record<string, string>;
}

async function withContestants(
	{ keys, env = {} }: Started,
	work: (contestants: Contestant[]) => Promise<void>,
): Promise<void> {
	const contestants: Contestant[] = [];
	const start = values.postgres ? startPostgresContestant : startContestant;
	try {
		contestants.push(await start({ name: "this", folder: undefined, keys, env }));
		if (values.beside !== undefined)
			contestants.push(await start({ name: "the other", folder: values.beside, keys, env }));
		await work(contestants);
	} finally {
		for (const contestant of contestants) await contestant.stop();
	}
}

async function games(): Promise<void> {
	const wrk = await findWrk();
	const peers = values.peers ? await startPeers() : undefined;
	try {
		await withContestants({ keys }, async (contestants) => {
			const also = peers?.contests ?? [];
			const rows = await compareGames({ contestants, wrk, rounds, seconds, connections: GAME_CONNECTIONS, also });
			const load = wrk ?? "own client";
			if (values.json) printJson(rows, load);
			else printGames(titleOf(`Games on ${engine}, load from ${load}`), rows);
			// What a program reads is the table alone.
			for (const note of peers?.notes ?? []) (values.json ? console.error : console.log)(`\n${note}`);
		});
	} finally {
		await peers?.stop();
	}
}

function titleOf(title: string): string {
	return `${title}; Node ${process.versions.node}, ${cpus().length} cores (${cpus()[0]?.model ?? ""}), ${new Date().toISOString().slice(0, 10)}; medians of ${rounds} alternating rounds of ${seconds} s, ${GAME_CONNECTIONS} connections`;
}

function printJson(contestants: readonly Row[], load: string): void {
	console.log(JSON.stringify({ contestants, engine: values.postgres ? "postgres" : "sqlite", ...about(load) }));
}

function about(load = "own client") {
	return { node: process.versions.node, cpus: cpus().length, load, rounds, seconds };
}

async function scale(): Promise<void> {
	const wrk = await findWrk();
	const scales = await compareScale({ keys, wrk, rounds, seconds, connections: GAME_CONNECTIONS });
	if (values.json) console.log(JSON.stringify({ scales, ...about(wrk) }));
	else for (const each of scales) printScale(titleOf(`${each.engine}, load from ${wrk ?? "own client"}`), each);
}

async function slow(): Promise<void> {
	if (process.platform !== "linux") {
		console.log("\nSkipped the part with slow fsyncs: it needs Linux and a C compiler.");
		return;
	}
	const folder = await mkdtemp(join(tmpdir(), "auxvyn-bench-"));
	try {
		const env = await slowFsync(folder);
		const title = "Each fsync 10 ms slower";
		await withContestants({ keys: SOME_KEYS, env }, async (contestants) => {
			const people = { contestants, rounds, seconds, requests: PEOPLE, connections: PEOPLE_CONNECTIONS };
			await compareRates({ title: `${title}, people`, ...people });
			await compareWaits(`${title}, waits`, contestants, { rounds, seconds });
		});
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

const parts: Record<string, () => Promise<void>> = {
	games,
	people: () =>
		withContestants({ keys }, (contestants) => {
			const people = { contestants, rounds, seconds, requests: PEOPLE, connections: PEOPLE_CONNECTIONS };
			return compareRates({ title: `People, ${keys.toLocaleString("en")} keys`, ...people });
		}),
	calm: () =>
		withContestants({ keys }, async ([contestant]) => {
			const title = `Games on ${engine}`;
			if (contestant) await measureCalm(contestant, { title, rounds, seconds });
		}),
	lasting: () =>
		withContestants({ keys }, async ([contestant]) => {
			const wrk = await findWrk();
			const title = `Games on ${engine}, load from ${wrk ?? "own client"}`;
			if (contestant) await measureLasting(contestant, { title, wrk, windows: rounds, connections: GAME_CONNECTIONS });
		}),
	tabs: () =>
		withContestants({ keys }, async ([contestant]) => {
			if (contestant) await compareTabs(contestant, rounds);
		}),
	waits: () =>
		withContestants({ keys: SOME_KEYS }, (contestants) => compareWaits("Waits", contestants, { rounds, seconds })),
	floods: () =>
		withContestants({ keys: FLOODED_KEYS }, (contestants) => compareFloods(contestants, { rounds, seconds })),
	servers: () =>
		withContestants({ keys: SOME_KEYS }, async ([contestant]) => {
			if (contestant) await compareMadeUpServers(contestant, { rounds, seconds });
		}),
	slow,
};

if (values.scale) await scale();
else if (values.profile) await profileGames({ keys, seconds, connections: GAME_CONNECTIONS });
else
	for (const part of values.part) {
		const run = parts[part];
		if (run === undefined) {
			console.error(`Unknown part ${part}: use any of ${PARTS.join(", ")}.`);
			process.exitCode = 1;
		} else await run();
	}
