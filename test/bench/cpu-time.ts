import { readdirSync, readFileSync } from "node:fs";

/** Of the kernel's clock, in which /proc counts. */
const TICKS_PER_SECOND = 100;

/** Seconds of CPU, user and system. */
export interface CpuTime {
	/** Of a process and its children. */
	all: number;
	/** Of its first thread, which serves the requests. */
	serving: number;
}

/** What a process has used so far. Only Linux keeps it where others can look. */
export function cpuTime(pid: number): CpuTime {
	return { all: allOf(pid), serving: secondsIn(`/proc/${pid}/task/${pid}/stat`) };
}

function allOf(pid: number): number {
	const children = readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
		readFileSync(`/proc/${pid}/task/${thread}/children`, "utf8").split(" ").filter(Boolean),
	);
	return secondsIn(`/proc/${pid}/stat`) + children.reduce((sum, child) => sum + allOf(Number(child)), 0);
}

/** Fields 14 and 15 of proc(5)'s stat, after the name, which may have spaces. */
function secondsIn(file: string): number {
	const fields = readFileSync(file, "utf8").split(") ")[1]?.split(" ") ?? [];
	return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}
