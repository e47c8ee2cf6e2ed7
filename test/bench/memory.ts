import { readFileSync } from "node:fs";

const CACHE = /^auxvyn_key_cache_bytes (\S+)$/m;

/** What a process has in memory. Only Linux keeps it where others can look. */
export function residentMegabytes(pid: number): number {
	return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024;
}

/** What a server's cached keys take of it, as its metrics say. */
export async function keyCacheMegabytes(port: number): Promise<number> {
	const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
	return Number(CACHE.exec(metrics)?.[1]) / 1024 / 1024;
}
