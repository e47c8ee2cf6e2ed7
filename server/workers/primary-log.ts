import { type Logger, pino } from "pino";

import type { Config } from "../config.ts";

/** The log of the primary process, like that of the workers. */
export async function createPrimaryLog({ logLevel }: Pick<Config, "logLevel">): Promise<Logger> {
	if (!process.stdout.isTTY) return pino({ level: logLevel }, process.stdout);
	const { terminalLog } = await import("../http/terminal-log.ts");
	return pino({ level: logLevel }, await terminalLog());
}
