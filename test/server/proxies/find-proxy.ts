import { findExecutables } from "../../../plugin/build/executables.ts";
import { type Reporter, screenReporter } from "../../../plugin/build/reporter.ts";
import { installByApt } from "../../install-by-apt.ts";

export type ProxyName = "nginx" | "caddy";

/** The smallest first. */
const PACKAGES: Record<ProxyName, string[]> = { nginx: ["nginx-light", "nginx"], caddy: ["caddy"] };
/** Not in every user's PATH. */
const FOLDERS = ["/usr/sbin", "/usr/local/sbin"];

export interface FindProxyOptions {
	reporter?: Reporter;
	env?: NodeJS.ProcessEnv;
}

/** The path of a reverse proxy on this machine; as root on Debian it is installed. Throws saying what to do. */
export async function findProxy(name: ProxyName, options: FindProxyOptions = {}): Promise<string> {
	const { env = process.env, reporter = screenReporter() } = options;
	const present = await onMachine(name, env);
	if (present !== undefined) return present;
	let why = "it ran, but there is still none";
	try {
		await installByApt(PACKAGES[name], { what: name, env, reporter });
		const installed = await onMachine(name, env);
		if (installed !== undefined) return installed;
	} catch (error) {
		why = error instanceof Error ? error.message : String(error);
	}
	throw new Error(
		[
			`The tests behind a reverse proxy need ${name}, which is not on this machine and could not be installed:`,
			`  - ${why}`,
			`What to do: install it (on Debian \`apt-get install ${PACKAGES[name][0]}\`), and run this again.`,
		].join("\n"),
	);
}

async function onMachine(name: ProxyName, env: NodeJS.ProcessEnv): Promise<string | undefined> {
	const [file] = await findExecutables(name, env, FOLDERS);
	return file;
}
