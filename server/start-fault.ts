import { ConfigError } from "./config-error.ts";
import { DashboardError } from "./dashboard/dashboard-error.ts";
import { StorageError } from "./errors/storage-error.ts";

/** Runs a part of the start. If it fails, the process ends with 1 and a line for the operator, or a bug's stack trace. */
export async function orEnd<Result>(part: () => Promise<Result>): Promise<Result> {
	try {
		return await part();
	} catch (error) {
		const line = explain(error);
		if (line === undefined) throw error;
		console.error(line);
		process.exit(1);
	}
}

/** One line for a problem that the operator can fix; undefined for a bug, which deserves its stack trace. */
function explain(error: unknown): string | undefined {
	if (error instanceof ConfigError || error instanceof DashboardError) return error.message;
	if (error instanceof StorageError && error.code === "unusable") return error.message;
	const { code, port, path } = error as { code?: string; port?: number; path?: string };
	if (code === "EADDRINUSE") return `Port ${port} is in use: stop the program that uses it, or set another PORT.`;
	if (code === "EACCES" && path !== undefined)
		return `Cannot use ${path} (EACCES): let this user read the server's folder and write DATA_DIR, then start again.`;
	if (code === "EACCES") return `Port ${port} needs more privileges: set PORT to 1024 or higher.`;
	if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND")
		return "HOST is not an address of this machine: set it to one, or leave it unset.";
	return undefined;
}
