import { setupNotice } from "./accounts/sign-up/setup-link.ts";
import { buildApp } from "./app.ts";
import { loadConfig } from "./config.ts";
import { ConfigError } from "./config-error.ts";
import { buildDashboard } from "./dashboard/build.ts";
import { DashboardError } from "./dashboard/dashboard-error.ts";
import { StorageError } from "./errors/storage-error.ts";
import { terminalLog } from "./http/terminal-log.ts";
import { guardOutput, guardWarnings } from "./output.ts";
import { settingWarnings } from "./setting-warnings.ts";

/** How long open requests may take to finish after a signal. */
const SHUTDOWN_GRACE_MS = 8_000;
const PARENT_CHECK_INTERVAL_MS = 500;

const output = guardOutput([process.stdout, process.stderr]);
guardWarnings();
try {
	const config = loadConfig(process.env);
	for (const line of settingWarnings(config, process.env)) console.error(line);
	// Before the database is migrated, and before anyone is served: once it is ready, every page works.
	const dashboard = await buildDashboard({ say: (line) => console.log(line) });
	const terminal = process.stdout.isTTY ? await terminalLog() : undefined;
	const app = await buildApp(config, {
		dashboard,
		droppedLines: output.dropped,
		...(terminal && { logStream: terminal }),
	});
	output.onRecovery((dropped) => app.log.warn({ dropped }, "lines of the log could not be written and are lost"));
	const close = once(() => {
		setTimeout(() => {
			console.log("Some requests did not finish in time; closing their connections.");
			app.server.closeAllConnections();
		}, SHUTDOWN_GRACE_MS).unref();
		void app.close().then(() => process.exit(0));
	});
	// SIGHUP: the terminal was closed.
	for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"]) process.on(signal, close);
	if (process.env["npm_lifecycle_event"] !== undefined) whenOrphaned(close);
	try {
		// A person is told below, once.
		if (terminal !== undefined) app.log.level = quieter(config.logLevel);
		await app.listen({ port: config.port, host: config.host });
		app.log.level = config.logLevel;
	} catch (error) {
		await app.close();
		throw error;
	}
	console.log(`Auxvyn is ready: open ${config.publicUrl}`);
	const started = { at: performance.timeOrigin, now: Date.now() };
	const notice = await setupNotice({ storage: app.storage, config, started });
	if (notice !== undefined) console.log(notice);
} catch (error) {
	const line = explain(error);
	if (line === undefined) throw error;
	console.error(line);
	process.exit(1);
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

/** Without lines that are not about a problem. */
function quieter(level: string): string {
	return ["info", "debug", "trace"].includes(level) ? "warn" : level;
}

/** A shell between npm and this process may die of a signal without passing it on. */
function whenOrphaned(action: () => void): void {
	const parent = process.ppid;
	setInterval(() => {
		if (process.ppid !== parent) action();
	}, PARENT_CHECK_INTERVAL_MS).unref();
}

function once(action: () => void): () => void {
	let done = false;
	return () => {
		if (!done) action();
		done = true;
	};
}
