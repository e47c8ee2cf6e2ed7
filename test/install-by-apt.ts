import { findExecutables } from "../plugin/build/executables.ts";
import { elapsed, type Reporter } from "../plugin/build/reporter.ts";
import { runProcess } from "../plugin/build/run-process.ts";

export interface InstallOptions {
	/** What is installed, for people. */
	what: string;
	env: NodeJS.ProcessEnv;
	reporter: Reporter;
}

/** Installs the first of these packages that there is. Needs root, and Debian or Ubuntu. */
export async function installByApt(packages: readonly string[], options: InstallOptions): Promise<void> {
	const [apt] = await findExecutables("apt-get", options.env);
	if (apt === undefined) throw new Error("apt: this is not Debian");
	if (process.getuid?.() !== 0) throw new Error("apt: only root may install packages");
	const quiet = { ...options, env: { ...options.env, DEBIAN_FRONTEND: "noninteractive" } };
	await runStep("apt-get update", apt, ["update"], quiet);
	let failure: unknown;
	for (const name of packages) {
		try {
			await runStep(`apt-get install ${name}`, apt, ["install", "-y", "--no-install-recommends", name], quiet);
			return;
		} catch (error) {
			failure = error;
		}
	}
	throw failure;
}

/** Runs one step of an installation, and shows its last line while it runs. @throws Error saying why it failed */
export async function runStep(
	name: string,
	command: string,
	args: string[],
	{ what, env, reporter }: InstallOptions,
): Promise<void> {
	const startedAt = performance.now();
	let last = "starting";
	const show = () => reporter.status(`${what}: ${name}: ${last}, ${elapsed(startedAt)}`);
	const timer = setInterval(show, 1_000);
	reporter.line(`${what}: installing it (${name})`);
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
