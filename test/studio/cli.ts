import { createInterface } from "node:readline";
import { parseArgs } from "node:util";

import { answerCommand } from "./cli-commands.ts";
import { openStudio } from "./studio.ts";
import type { PlaceKind } from "./studio-types.ts";

const USAGE = `npm run -s studio -- [--place FILE] --server URL [--facts published|unpublished|template|group] [--plugin FILE]
  [--network https://keys.example.com=http://127.0.0.1:8787]…   where to send requests to an origin; several addresses,
                                                                with commas between them, take turns
Reads one JSON object per line from stdin and writes one answer per line to stdout.`;

function readArguments() {
	const { values } = parseArgs({
		options: {
			place: { type: "string" },
			server: { type: "string", default: "http://localhost:8787" },
			facts: { type: "string" },
			plugin: { type: "string" },
			network: { type: "string", multiple: true, default: [] },
			help: { type: "boolean" },
		},
	});
	return values;
}

function readRoute(entry: string): [origin: string, to: string | string[]] {
	const [origin = "", to = ""] = entry.split("=", 2);
	return [origin, to.includes(",") ? to.split(",") : to];
}

function toStderr(line: string): void {
	process.stderr.write(`${line}\n`);
}

async function main(): Promise<void> {
	const { place, server, facts, plugin, network, help } = readArguments();
	if (help === true) {
		toStderr(USAGE);
		return;
	}
	const studio = await openStudio({
		server,
		log: toStderr,
		network: Object.fromEntries(network.map(readRoute)),
		...(place !== undefined && { place }),
		...(plugin !== undefined && { plugin }),
		...(facts !== undefined && { facts: facts as PlaceKind }),
	});
	try {
		for await (const line of createInterface({ input: process.stdin })) {
			if (line.trim() === "") continue;
			process.stdout.write(`${JSON.stringify(await answerCommand(studio, line))}\n`);
		}
	} finally {
		await studio.close();
	}
}

try {
	await main();
} catch (error) {
	toStderr(error instanceof Error ? error.message : String(error));
	process.exitCode = 1;
}
