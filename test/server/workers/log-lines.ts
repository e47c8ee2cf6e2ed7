import { readFileSync } from "node:fs";

import type { ServerProcess } from "../server-process.ts";

interface LogLine {
	pid: number;
	worker?: number;
	msg: string;
}

/** The lines of its log so far. */
export function logLines(server: ServerProcess): LogLine[] {
	const lines = server.output().split("\n");
	return lines.filter((line) => line.startsWith("{") && line.endsWith("}")).map((line) => JSON.parse(line) as LogLine);
}

/** The processes that have begun to listen, by number, the latest last. */
export function pidsOf(server: ServerProcess, worker: number): number[] {
	const listening = logLines(server).filter(
		(line) => line.worker === worker && line.msg.startsWith("Server listening"),
	);
	return [...new Set(listening.map(({ pid }) => pid))];
}

/** False also for one that has ended and whose parent has not noticed. */
export function isRunning(pid: number): boolean {
	try {
		return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, "latin1"));
	} catch {
		return false;
	}
}
