import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { findExecutables } from "../../plugin/build/executables.ts";
import { screenReporter } from "../../plugin/build/reporter.ts";
import { REPOSITORY } from "../../plugin/build/repository.ts";
import { makeBaseRoot, megabytes } from "../debian/root.ts";
import { installByApt } from "../install-by-apt.ts";
import { freePort } from "../server/free-port.ts";
import { buildStages } from "./build-stages.ts";
import { copyContext } from "./context.ts";
import { parseDockerfile } from "./parse.ts";
import { type Outcome, tryImage } from "./try-image.ts";

/**
 * `npm run try-dockerfile`: does what the Dockerfile says in a bare Debian, without Docker, and uses the result. Not tried
 * by this: Docker itself, the base image from its registry, the compose file's networks, and Caddy in a container.
 */
async function main(): Promise<boolean> {
	if (process.platform !== "linux" || process.getuid?.() !== 0) {
		console.error("This makes a bare Debian and works in it: run it as root, on Debian or Ubuntu.");
		return false;
	}
	const say = (line: string) => console.log(line);
	if ((await findExecutables("debootstrap", process.env, ["/usr/sbin"])).length === 0) {
		await installByApt(["debootstrap"], { what: "debootstrap", env: process.env, reporter: screenReporter() });
	}
	const folder = await mkdtemp(path.join(tmpdir(), "auxvyn-dockerfile-"));
	try {
		const stages = parseDockerfile(await readFile(path.join(REPOSITORY, "Dockerfile"), "utf8"));
		const base = path.join(folder, "base");
		say(`a bare Debian with Node, in place of ${stages[0]?.image ?? ""}`);
		await makeBaseRoot(base);
		const context = path.join(folder, "context");
		await mkdir(context);
		say(`${(await copyContext(context)).length} files are sent to the build`);
		const built = await buildStages(stages, { base, context, folder, say });
		const size = await megabytes(path.join(built.root, "app"));
		const [image, debian] = [await megabytes(built.root), await megabytes(base)];
		say(`size: ${size} MB in /app; ${image} MB with Debian, Node and npm, which have ${debian} MB`);
		return report(await tryImage(built, folder, await freePort()), say);
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

function report(outcome: Outcome, say: (line: string) => void): boolean {
	const { readyAfterMs, healthcheck, page, failed, key, write, exit } = outcome;
	const lines: [what: string, isGood: boolean, found: string][] = [
		["starts, read-only and as its user", true, `ready after ${Math.round(readyAfterMs)} ms`],
		[
			"HEALTHCHECK",
			healthcheck[0] === 0 && healthcheck[1] === 1,
			`exit ${healthcheck.join(", and once it has ended ")}`,
		],
		["the dashboard", page === 200, `HTTP ${page}`],
		["a key authenticates", key[0] === 200 && key[1] === 401, `HTTP ${key.join(", and deleted ")}`],
		["doctor and create-account in the container", failed.length === 0, failed.join("\n") || "exit 0"],
		["the program is not the user's", write.includes("Permission denied"), write],
		["SIGTERM", exit.code === 0, `exit ${String(exit.code)} after ${Math.round(exit.afterMs)} ms`],
	];
	for (const [what, isGood, found] of lines) say(`${isGood ? "ok    " : "FAILED"}  ${what}: ${found}`);
	say("not tried: Docker, the base image of its registry, compose.yaml's networks, Caddy in a container");
	return lines.every(([, isGood]) => isGood);
}

if (!(await main())) process.exitCode = 1;
