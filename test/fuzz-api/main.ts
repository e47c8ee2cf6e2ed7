import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { runProcess } from "../../plugin/build/run-process.ts";
import { findSchemathesis } from "./find-schemathesis.ts";
import { type Choice, settingsFor } from "./settings.ts";
import { createWorld } from "./world.ts";

/**
 * `npm run fuzz-api`: sends a real server what its description allows, and what it does not, and holds every answer to it.
 * `npm run fuzz-api -- 500 7` makes so many requests per route and phase, from that seed.
 */
const [examples = "50", seed = String(Date.now() % 1_000_000)] = process.argv.slice(2);
/** Requests to these end the session that all others need. */
const ENDING = ["/api/auth/sign-out", "/api/account/sessions/{sessionId}"];
const program = await findSchemathesis();

/** True if every answer was as described, and the server logged no bug. */
async function fuzz(choice: Choice, ...options: string[]): Promise<boolean> {
	const world = await createWorld();
	const folder = await mkdtemp(path.join(tmpdir(), "auxvyn-fuzz-"));
	const settings = path.join(folder, "schemathesis.toml");
	await writeFile(settings, settingsFor(world, choice));
	const limits = [
		"--max-examples",
		examples,
		"--seed",
		seed,
		"--suppress-health-check",
		"all",
		"--continue-on-failure",
	];
	const { code } = await runProcess(
		program,
		["--config-file", settings, "run", `${world.url}/openapi.json`, ...limits, "--no-color", ...options],
		{ cwd: folder, onLine: (line) => console.log(line) },
	);
	for (const line of world.failures) console.log(line);
	await world.close();
	await rm(folder, { recursive: true });
	return code === 0 && world.failures.length === 0;
}

const without = ENDING.flatMap((each) => ["--exclude-path", each]);
const only = ENDING.flatMap((each) => ["--include-path", each]);
const prepared: Choice = { texts: "ascii", things: "prepared" };
const passed = [
	await fuzz(prepared, ...without, "--phases", "examples,coverage,fuzzing"),
	await fuzz({ ...prepared, texts: "utf-8" }, ...without, "--phases", "fuzzing"),
	await fuzz({ ...prepared, things: "created by the requests before" }, ...without, "--phases", "stateful"),
	await fuzz(prepared, ...only),
];
process.exitCode = passed.every(Boolean) ? 0 : 1;
