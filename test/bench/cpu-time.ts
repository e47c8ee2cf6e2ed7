import { readdirSync, readFileSync } from "node:fs";

/** Of the kernel's clock, in which /proc counts. */
const TICKS_PER_SECOND = 100;

/** Seconds of CPU that a process and its children have used: user and system. Only Linux counts them where others can look. */
export function cpuSeconds(pid: number): number {
	const children = readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
		readFileSync(`/proc/${pid}/task/${thread}/children`, "utf8").split(" ").filter(Boolean),
	);
	return ticksOf(String(pid)) / TICKS_PER_SECOND + children.reduce((sum, child) => sum + cpuSeconds(Number(child)), 0);
}

/** Fields 14 and 15 of proc(5)'s stat, after the name, which may have spaces. */
function ticksOf(pid: string): number {
	const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
	return Number(fields[11]) + Number(fields[12]);
}
