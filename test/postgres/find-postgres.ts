import { globSync } from "node:fs";
import { access, mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";

import { type Reporter, screenReporter } from "../../plugin/build/reporter.ts";
import { installByApt } from "../install-by-apt.ts";

/** Where Debian and Red Hat have what is not on PATH. */
const FOLDERS = ["/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin"];
/** Read when Debian's package is installed. https://manpages.debian.org/pg_createcluster */
const SETTINGS = "/etc/postgresql-common/createcluster.d";

export interface FindPostgresOptions {
	reporter?: Reporter;
	env?: NodeJS.ProcessEnv;
	/** Patterns of folders to look in after PATH. */
	folders?: readonly string[];
	/** The folder of the settings for new database servers. */
	settings?: string;
}

const PROGRAMS = ["initdb", "pg_basebackup", "postgres"];

/** The folder with PostgreSQL's programs: the first on PATH, or else the newest. Undefined if there is none. */
export async function findPostgres({ env = process.env, folders = FOLDERS }: FindPostgresOptions = {}) {
	const onPath = (env["PATH"] ?? "").split(path.delimiter).filter((folder) => folder !== "");
	for (const folder of [...onPath, ...folders.flatMap(newestFirst)]) {
		const isThere = await Promise.all(PROGRAMS.map((name) => isFile(path.join(folder, name))));
		if (!isThere.includes(false)) return folder;
	}
	return undefined;
}

/** The same, but as root on Debian it is installed. Throws saying what to do. */
export async function needPostgres(options: FindPostgresOptions = {}): Promise<string> {
	const { env = process.env, reporter = screenReporter(), settings = SETTINGS } = options;
	const present = await findPostgres(options);
	if (present !== undefined) return present;
	let why = "it ran, but there is still none";
	try {
		await withoutMainCluster(settings, () => installByApt(["postgresql"], { what: "postgres", env, reporter }));
		const installed = await findPostgres(options);
		if (installed !== undefined) return installed;
	} catch (error) {
		why = error instanceof Error ? error.message : String(error);
	}
	throw new Error(
		[
			"The tests on PostgreSQL need its server, 14 or newer, which is not on this machine and could not be installed:",
			`  - ${why}`,
			"What to do: install it (on Debian `apt-get install postgresql`; it need not run), and run this again.",
		].join("\n"),
	);
}

/** Debian's package would create a database server of its own, and start it with each start of the machine. */
async function withoutMainCluster(settings: string, install: () => Promise<void>): Promise<void> {
	const file = path.join(settings, "auxvyn-tests.conf");
	const isRoot = process.getuid?.() === 0;
	if (isRoot) {
		await mkdir(settings, { recursive: true });
		await writeFile(file, "create_main_cluster = false\n");
	}
	try {
		await install();
	} finally {
		if (isRoot) await rm(file, { force: true });
	}
}

function newestFirst(pattern: string): string[] {
	return globSync(pattern).toSorted((one, other) => other.localeCompare(one, "en", { numeric: true }));
}

async function isFile(file: string): Promise<boolean> {
	return access(file).then(
		() => true,
		() => false,
	);
}
