import { hostname } from "node:os";

import { MAX_WORKERS } from "../../config.ts";

export interface AddressesOptions {
	port: number;
	/** The number of the process among several on the port. */
	worker: number | undefined;
	workers: number;
}

/**
 * The address by which a process is known among all servers on the database: the one that takes the place of a crashed one
 * has the same. `vacant`: others that no process can have while this one listens, whatever `WEB_CONCURRENCY` was before.
 */
export function addressesOf({ port, worker, workers }: AddressesOptions): { own: string; vacant: string[] } {
	const alone = `${hostname()}:${port}`;
	const numbered = Array.from({ length: MAX_WORKERS }, (_, index) => `${alone}/${index + 1}`);
	if (worker === undefined) return { own: alone, vacant: numbered };
	return { own: `${alone}/${worker}`, vacant: worker === 1 ? [alone, ...numbered.slice(workers)] : [] };
}
