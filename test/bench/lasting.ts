import Database from "better-sqlite3";

import { type Contestant, startBare } from "./contestants.ts";
import { type Contest, measureOne, type Round, whoami } from "./games.ts";
import { asGame } from "./requests.ts";
import { KEY_PLACE } from "./wrk.ts";

const WINDOW_SECONDS = 30;
const BARE_SECONDS = 10;

export interface LastingOptions {
	title: string;
	wrk: string | undefined;
	/** Half a minute each. */
	windows: number;
	connections: number;
}

/**
 * Keys at random for minutes on end, each window beside the bare route. Uses of many keys are counted little by little, so
 * that it takes minutes until as many are counted as come in. What is counted after the last window is charged to none.
 */
export async function measureLasting(contestant: Contestant, options: LastingOptions): Promise<void> {
	const { title, wrk, windows, connections } = options;
	const { server, secret, secrets, databasePath } = contestant;
	const bare = await startBare(await whoami(contestant), "fastify");
	const db = new Database(databasePath, { readonly: true });
	const oldest = db.prepare<[], number>("SELECT coalesce(min(since), 0) FROM usage_log").pluck();
	const same = { request: asGame(KEY_PLACE), status: 200 };
	const keyed: Contest = { ...same, name: "", port: server.port, pid: server.child.pid ?? 0, keys: secrets };
	try {
		console.log(`\n${title}; whoami with ${secrets.length.toLocaleString("en")} keys at random:\n`);
		const header = ["", "requests/s", "CPU µs", "− bare", "main thread", "p99 ms", "counted after"];
		printRow(header);
		for (let window = 1; window <= windows; window++) {
			const beside = await measureOne(
				wrk,
				{ ...keyed, ...bare, keys: [secret] },
				{ connections, seconds: BARE_SECONDS },
			);
			const own = await measureOne(wrk, keyed, { connections, seconds: WINDOW_SECONDS });
			const logged = oldest.get() ?? 0;
			const lag = logged === 0 ? "2 s" : `${Math.round((Date.now() - logged) / 1000)} s`;
			printRow([`${window * WINDOW_SECONDS} s`, ...cells(own, beside), lag]);
		}
	} finally {
		db.close();
		bare.stop();
	}
}

function cells(own: Round, bare: Round): string[] {
	return [
		String(Math.round(own.rate)),
		own.cpu.toFixed(1),
		(own.cpu - bare.cpu).toFixed(1),
		own.serving.toFixed(1),
		own.p99.toFixed(2),
	];
}

function printRow([first = "", ...rest]: string[]): void {
	console.log(first.padEnd(16) + rest.map((cell) => cell.padStart(14)).join(""));
}
