import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { startContestant } from "./contestants.ts";
import { asGame } from "./requests.ts";
import { findWrk, KEY_PLACE, load } from "./wrk.ts";

interface Profile {
	nodes: { id: number; callFrame: { functionName: string; url: string; lineNumber: number } }[];
	samples: number[];
	timeDeltas: number[];
}

const SHOWN = 30;
/** What only these threads do. */
const THREADS = { "that serves requests": "parserOnHeadersComplete", "that writes": "transact" };
/** The start is not of interest. */
const SECONDS_MIN = 5;

export interface ProfileOptions {
	keys: number;
	seconds: number;
	connections: number;
}

/** Where the threads spend their time with one key, and with keys at random, function by function, as V8's profiler sees it. */
export async function profileGames(options: ProfileOptions): Promise<void> {
	await profileWith(options, "one key", (secret) => [secret]);
	await profileWith(options, `${options.keys.toLocaleString("en")} keys at random`, (_secret, secrets) => secrets);
}

async function profileWith(
	options: ProfileOptions,
	name: string,
	pick: (secret: string, secrets: string[]) => string[],
): Promise<void> {
	const folder = await mkdtemp(path.join(tmpdir(), "auxvyn-profile-"));
	try {
		const env = { NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${folder}` };
		const { server, secret, secrets, stop } = await startContestant({
			name: "this",
			folder: undefined,
			keys: options.keys,
			env,
		});
		const seconds = Math.max(options.seconds, SECONDS_MIN);
		const game = { request: asGame(KEY_PLACE), keys: pick(secret, secrets), status: 200 };
		await load(await findWrk(), { ...game, port: server.port, connections: options.connections, seconds });
		await stop();
		for (const [thread, own] of Object.entries(THREADS))
			print(`${name}: the thread ${thread}`, await ofThread(folder, own));
	} finally {
		await rm(folder, { recursive: true });
	}
}

/** Each thread writes one. */
async function ofThread(folder: string, own: string): Promise<Map<string, number>> {
	for (const file of await readdir(folder)) {
		if (!file.endsWith(".cpuprofile")) continue;
		const profile = JSON.parse(await readFile(path.join(folder, file), "utf8")) as Profile;
		if (profile.nodes.some(({ callFrame }) => callFrame.functionName === own)) return selfTimes(profile);
	}
	throw new Error(`No thread called ${own}.`);
}

/** Microseconds by function, without waiting. */
function selfTimes({ nodes, samples, timeDeltas }: Profile): Map<string, number> {
	const names = new Map(nodes.map(({ id, callFrame }) => [id, nameOf(callFrame)]));
	const times = new Map<string, number>();
	for (const [index, sample] of samples.entries()) {
		const name = names.get(sample) ?? "";
		if (name !== "(idle)") times.set(name, (times.get(name) ?? 0) + (timeDeltas[index] ?? 0));
	}
	return times;
}

function nameOf({ functionName, url, lineNumber }: Profile["nodes"][number]["callFrame"]): string {
	const file = url.replace(/^file:\/\//, "").replace(/^.*\/(node_modules|server)\//, "$1/");
	return `${functionName || "(anonymous)"}${file === "" ? "" : ` ${file}:${lineNumber + 1}`}`;
}

function total(times: ReadonlyMap<string, number>): number {
	return [...times.values()].reduce((sum, each) => sum + each, 0);
}

function print(title: string, times: ReadonlyMap<string, number>): void {
	const all = total(times);
	const sorted = [...times].toSorted(([, one], [, other]) => other - one).slice(0, SHOWN);
	console.log(`\n${title}, ${(all / 1e6).toFixed(1)} s in all, with the start and with what it waits for the disk:\n`);
	for (const [name, micros] of sorted) console.log(`${((micros / all) * 100).toFixed(1).padStart(5)} %  ${name}`);
}
