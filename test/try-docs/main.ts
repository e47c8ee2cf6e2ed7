import { copyFile, mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { findExecutables } from "../../plugin/build/executables.ts";
import { screenReporter } from "../../plugin/build/reporter.ts";
import { REPOSITORY } from "../../plugin/build/repository.ts";
import { copyRoot, makeBaseRoot, must, networkOf, runIn } from "../debian/root.ts";
import { installByApt } from "../install-by-apt.ts";
import { tryFirstKey } from "./first-key.ts";
import type { Lap } from "./laps.ts";
import { tryProduction } from "./production.ts";

/** By command: the package that has it. */
const TOOLS = { debootstrap: "debootstrap", "systemd-nspawn": "systemd-container", nsenter: "util-linux" };
/** What a machine of a provider has, beside what is in the smallest Debian. */
const OF_A_MACHINE = ["git", "ca-certificates", "sudo", "systemd", "systemd-sysv", "dbus"];

/**
 * `npm run try-docs`: does what README.md and docs/production.md say in a bare Debian, by their own commands, and times
 * it. Uses ports 80, 443 and 8787. Not tried by this: a public domain, `docker compose`, nginx with certbot, real Studio.
 */
async function main(): Promise<void> {
	if (process.platform !== "linux" || process.getuid?.() !== 0)
		throw new Error("This makes a bare Debian and works in it: run it as root, on Debian or Ubuntu.");
	for (const [command, name] of Object.entries(TOOLS)) {
		if ((await findExecutables(command, process.env, ["/usr/sbin"])).length === 0)
			await installByApt([name], { what: command, env: process.env, reporter: screenReporter() });
	}
	const folder = await mkdtemp(path.join(tmpdir(), "auxvyn-debian-"));
	try {
		const bare = path.join(folder, "bare");
		await makeBaseRoot(bare);
		// Not a repository: git refuses those of other users.
		await must("git", ["-C", REPOSITORY, "bundle", "create", "--quiet", path.join(bare, "srv/auxvyn.bundle"), "HEAD"]);
		const root = { env: { ...(await networkOf(bare)), DEBIAN_FRONTEND: "noninteractive" }, folder: "/", user: "root" };
		const install = `apt-get update -qq && apt-get install -y -qq --no-install-recommends ${OF_A_MACHINE.join(" ")}`;
		const { code, output } = await runIn(bare, root, ["sh", "-c", install]);
		if (code !== 0) throw new Error(output);
		// Installing ca-certificates has written them anew.
		await networkOf(bare);
		await symlink("/usr/local/bin/node", path.join(bare, "usr/bin/node"));

		const older = path.join(folder, "node-20");
		await copyRoot(bare, older);
		await must("npm", ["install", "--silent", `--prefix=${folder}`, "node@20"]);
		await copyFile(path.join(folder, "node_modules/node/bin/node"), path.join(older, "usr/local/bin/node"));
		await must("npm", ["install", "--global", "--silent", `--prefix=${path.join(older, "usr/local")}`, "npm@10"]);

		const first = await tryFirstKey(older);
		tell("From a clone to a key in a place: README.md, Node 20, no Rust", first);
		const production = await tryProduction(bare);
		tell("To production: docs/production.md, systemd and Caddy, Node 24", production);
		console.log(`\n${production.doctor.trim()}`);
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

function tell(title: string, { steps, laps }: { steps: number; laps: Lap[] }): void {
	const total = laps.reduce((sum, { seconds }) => sum + seconds, 0);
	console.log(`\n${title}: ${steps} steps, ${total.toFixed(0)} s`);
	for (const { what, seconds } of laps) console.log(`${seconds.toFixed(1).padStart(8)} s  ${what}`);
}

await main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
});
