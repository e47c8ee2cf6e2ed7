import { setupNotice } from "./accounts/sign-up/setup-link.ts";
import { buildApp } from "./app.ts";
import { closeOnSignal } from "./closing.ts";
import type { Config } from "./config.ts";
import type { Peers } from "./http/peers.ts";
import { terminalLog } from "./http/terminal-log.ts";
import type { OutputGuard } from "./output.ts";

/** How long open requests may take to finish after a signal. */
const SHUTDOWN_GRACE_MS = 8_000;

export interface ServeOptions {
	config: Config;
	/** The folder of the built dashboard. */
	dashboard: string;
	output: OutputGuard;
	/** The other processes that serve the port. Default: none. */
	peers?: Peers;
	/** Given, before it listens, what closes it gracefully and ends the process. Signals do that in any case. */
	closeWhen: (close: () => void) => void;
}

/**
 * Serves until a signal.
 * @returns what tells the operator that the server is ready, and how to create the first account
 * @throws ConfigError, StorageError, or the error of listening
 */
export async function serve({
	config,
	dashboard,
	output,
	peers,
	closeWhen,
}: ServeOptions): Promise<() => Promise<void>> {
	const terminal = process.stdout.isTTY ? await terminalLog() : undefined;
	const app = await buildApp(config, {
		dashboard,
		droppedLines: output.dropped,
		...(peers && { peers }),
		...(terminal && { logStream: terminal }),
	});
	output.onRecovery((dropped) => app.log.warn({ dropped }, "lines of the log could not be written and are lost"));
	const close = closeOnSignal(() => {
		setTimeout(() => {
			console.log("Some requests did not finish in time; closing their connections.");
			app.server.closeAllConnections();
		}, SHUTDOWN_GRACE_MS).unref();
		void app.close().then(() => process.exit(0));
	});
	closeWhen(close);
	try {
		// A person is told by `announce`, once.
		if (terminal !== undefined) app.log.level = quieter(config.logLevel);
		await app.listen({ port: config.port, host: config.host });
		app.log.level = config.logLevel;
	} catch (error) {
		await app.close();
		throw error;
	}

	return async function announce(): Promise<void> {
		console.log(`Auxvyn is ready: open ${config.publicUrl}`);
		const started = { at: performance.timeOrigin, now: Date.now() };
		const notice = await setupNotice({ storage: app.storage, config, started });
		if (notice !== undefined) console.log(notice);
	};
}

/** Without lines that are not about a problem. */
function quieter(level: string): string {
	return ["info", "debug", "trace"].includes(level) ? "warn" : level;
}
