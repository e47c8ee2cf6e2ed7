import { packageCli } from "../../plugin/build/package-cli.ts";
import type { Reporter } from "../../plugin/build/reporter.ts";
import { installByApt as install, runStep } from "../install-by-apt.ts";

const what = "Chromium";

/** Downloads playwright's Chromium, without the system libraries it may need. */
export async function installByPlaywright(env: NodeJS.ProcessEnv, reporter: Reporter): Promise<void> {
	const args = [packageCli("playwright-core"), "install", "chromium"];
	await runStep("playwright", process.execPath, args, { what, env, reporter });
}

/** Needs root, and a Debian or Ubuntu whose `chromium` is a package, not a snap. */
export async function installByApt(env: NodeJS.ProcessEnv, reporter: Reporter): Promise<void> {
	await install(["chromium-headless-shell", "chromium"], { what, env, reporter });
}
