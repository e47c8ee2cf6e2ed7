import { findExecutables } from "../../plugin/build/executables.ts";
import { packageCli } from "../../plugin/build/package-cli.ts";
import { elapsed, type Reporter } from "../../plugin/build/reporter.ts";
import { runProcess } from "../../plugin/build/run-process.ts";

/** Downloads playwright's Chromium, without the system libraries it may need. */
export async function installByPlaywright(env: NodeJS.ProcessEnv, reporter: Reporter): Promise<void> {
	await step("playwright", process.execPath, [packageCli("playwright-core"), "install", "chromium"], env, reporter);
}

/** Needs root, and a Debian or Ubuntu whose `chromium` is a package, not a snap. */
export async function installByApt(env: NodeJS.ProcessEnv, reporter: Reporter): Promise<void> {
	const [apt] = await findExecutables("apt-get", env);
	if (apt === undefined) throw new Error("apt: this is not Debian");
	if (process.getuid?.() !== 0) throw new Error("apt: only root may install packages");
	const quiet = { ...env, DEBIAN_FRONTEND: "noninteractive" };
	await step("apt-get update", apt, ["update"], quiet, reporter);
	const install = (name: string) =>
		step(`apt-get install ${name}`, apt, ["install", "-y", "--no-install-recommends", name], quiet, reporter);
	await install("chromium-headless-shell").catch(() => install("chromium"));
}

async function step(name: string, command: string, args: string[], env: NodeJS.ProcessEnv, reporter: Reporter) {
	const startedAt = performance.now();
	let last = "starting";
	const show = () => reporter.status(`Chromium: ${name}: ${last}, ${elapsed(startedAt)}`);
	const timer = setInterval(show, 1_000);
	reporter.line(`Chromium: installing it (${name})`);
	try {
		const onLine = (line: string) => void (last = line.trim() || last);
		const { code, output } = await runProcess(command, args, { env, onLine });
		if (code !== 0) throw new Error(`${name}: ${explain(output)}`);
	} finally {
		clearInterval(timer);
	}
}

function explain(output: string): string {
	if (/ENOTFOUND|EAI_AGAIN|ECONN|ETIMEDOUT|Could not resolve|Could not connect|timed? ?out/i.test(output)) {
		return "the network blocks the download";
	}
	const lines = output.split("\n").filter((line) => line.trim() !== "" && !/^\s+at /.test(line));
	return lines.slice(-3).join("; ");
}
