import type { LogStream } from "./logging.ts";

/**
 * The log for a person who looks at a terminal: one line each, with the local time, and in colours unless NO_COLOR is
 * set. Loaded only there, because what prints it is of no use to a service.
 */
export async function terminalLog(terminal: LogStream = process.stdout): Promise<LogStream> {
	const { prettyFactory } = await import("pino-pretty");
	const prettify = prettyFactory({ ignore: "pid,hostname", singleLine: true, translateTime: "SYS:HH:MM:ss" });
	return { write: (line) => terminal.write(prettify(line)) };
}
