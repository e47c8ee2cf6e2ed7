import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { Writable } from "node:stream";

import { setupNotice } from "../../../server/accounts/sign-up/setup-link.ts";
import { buildApp } from "../../../server/app.ts";
import { systemClock } from "../../../server/clock.ts";
import { loadConfig } from "../../../server/config.ts";
import { buildDashboard } from "../../../server/dashboard/build.ts";

const TIDY_EVERY_MS = 300;

export interface DemoBackend {
	url: string;
	/** The token in the set-up link. */
	setupToken: string;
	/** Puts its clock forward. */
	advance(seconds: number): Promise<void>;
	log(): string;
	stop(): Promise<void>;
}

/** The whole server, as `npm start` has it, but with a clock that can be put forward, and a janitor that looks more often. */
export async function startBackend(env: Record<string, string>): Promise<DemoBackend> {
	const config = loadConfig(env);
	const started = { at: performance.timeOrigin, now: Date.now() };
	let ahead = 0;
	let log = "";
	const logStream = new Writable({
		write(chunk: Buffer, _encoding, done) {
			log += chunk.toString();
			done();
		},
	});
	const clock = { now: () => systemClock.now() + ahead, monotonic: () => systemClock.monotonic() + ahead };
	const dashboard = await buildDashboard({ say: (line) => console.error(line) });
	const app = await buildApp(config, { clock, dashboard, logStream, tidyEveryMs: TIDY_EVERY_MS });
	await app.listen({ port: 0, host: "127.0.0.1" });
	const notice = (await setupNotice({ storage: app.storage, config, started })) ?? "";
	return {
		url: `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`,
		setupToken: /#token=(\S+)$/.exec(notice)?.[1] ?? "",
		async advance(seconds) {
			ahead += seconds * 1000;
			await app.usage.flush();
		},
		log: () => log,
		async stop() {
			app.server.closeAllConnections();
			await app.close();
			logStream.end();
			await once(logStream, "finish");
		},
	};
}
