import { setTimeout as sleep } from "node:timers/promises";

import { pick } from "../guards/random.ts";
import type { Cluster } from "../postgres/cluster.ts";
import type { Faults } from "./faults.ts";
import type { ProcessServer } from "./process-server.ts";

/** How long a server is stopped or cut off, at most: longer than anything waits, where there is time for it. */
const LONGEST_MS = 8_000;
const SHORT_MS = 500;

export interface ServerFaultOptions {
	servers: readonly ProcessServer[];
	cluster: Cluster;
	random: () => number;
	/** There is time for all kinds, and for faults of seconds. */
	isLong: boolean;
}

/** What happens to one server and not to the others. */
export function serverFaults({ servers, cluster, random, isLong }: ServerFaultOptions): Faults {
	const anyServer = () => pick(random, servers);
	const longestMs = isLong ? LONGEST_MS : SHORT_MS;
	/** Mostly short. */
	const aWhile = () => sleep(random() ** 2 * longestMs);
	/** There is none to lose once no one asks. */
	const loseCommit = async (what: "answer" | "request", ended: Promise<void>) => {
		await Promise.race([anyServer().proxy.loseCommit(what), ended]);
	};
	return {
		async "server killed"() {
			const server = anyServer();
			await server.kill();
			await server.launch();
		},
		...(isLong && {
			async "server and PostgreSQL killed"() {
				const server = anyServer();
				await Promise.all([server.kill(), cluster.kill()]);
				await Promise.all([server.launch(), cluster.launch()]);
			},
		}),
		async "server stopped"() {
			const server = anyServer();
			server.pause(true);
			await aWhile();
			server.pause(false);
		},
		async "server cut off"() {
			const { proxy } = anyServer();
			proxy.refuse();
			proxy.cut();
			await aWhile();
			await proxy.restore();
		},
		async "server cut off silently"() {
			const { proxy } = anyServer();
			proxy.hangs = true;
			proxy.freeze();
			await aWhile();
			await proxy.restore();
			// Or PostgreSQL would keep what it is not told the end of.
			proxy.cut();
		},
		"answer to a COMMIT lost": (ended) => loseCommit("answer", ended),
		"COMMIT lost": (ended) => loseCommit("request", ended),
	};
}
