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

const SHOWN = 40;
/** The start is not of interest. */
const SECONDS_MIN = 5;

/** Where the thread that serves games spends its time with one key, function by function, as V8's profiler sees it. */
export async function profileGames(options: { keys: number; seconds: number; connections: number }): Promise<void> {
	const folder = await mkdtemp(path.join(tmpdir(), "auxvyn-profile-"));
	try {
		const env = { NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${folder}` };
		const { server, secret, stop } = await startContestant({
			name: "this",
			folder: undefined,
			keys: options.keys,
			env,
		});
		const seconds = Math.max(options.seconds, SECONDS_MIN);
		const game = { request: asGame(KEY_PLACE), keys: [secret], status: 200 };
		await load(await findWrk(), { ...game, port: server.port, connections: options.connections, seconds });
		await stop();
		print(await busiest(folder));
	} finally {
		await rm(folder, { recursive: true });
	}
}

/** Each thread writes one: the busiest is the one that served. */
async function busiest(folder: string): Promise<Map<string, number>> {
	const files = (await readdir(folder)).filter((name) => name.endsWith(".cpuprofile"));
	const times = await Promise.all(
		files.map(async (file) => selfTimes(JSON.parse(await readFile(path.join(folder, file), "utf8")) as Profile)),
	);
	return times.toSorted((one, other) => total(other) - total(one))[0] ?? new Map();
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

function print(times: ReadonlyMap<string, number>): void {
	const all = total(times);
	const sorted = [...times].toSorted(([, one], [, other]) => other - one).slice(0, SHOWN);
	console.log("\nOf the time of the serving thread, which includes the start:\n");
	for (const [name, micros] of sorted) console.log(`${((micros / all) * 100).toFixed(1).padStart(5)} %  ${name}`);
}
