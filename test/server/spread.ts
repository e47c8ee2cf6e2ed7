import type { FastifyInstance, InjectOptions } from "fastify";
import { expect } from "vitest";

import { perServerReason } from "./per-server.ts";

/**
 * `AUXVYN_TEST_SERVERS=2`: how many servers `build` starts on each test's database, whose requests go to another one each
 * time.
 */
const SERVERS = Number(process.env["AUXVYN_TEST_SERVERS"] ?? 1);

/** How many servers the present test is for. */
export function serversForTest(): number {
	const { testPath = "", currentTestName = "" } = expect.getState();
	return perServerReason(testPath, currentTestName) === undefined ? SERVERS : 1;
}

/** The first of several servers, but that each request goes to the next one, and that all of them flush and close. */
export function spread(apps: readonly FastifyInstance[]): FastifyInstance {
	const [first] = apps;
	if (first === undefined) throw new TypeError("There is no server.");
	if (apps.length === 1) return first;
	let requests = 0;
	const every = (work: (app: FastifyInstance) => Promise<unknown>) => async () => {
		const results = await Promise.all(apps.map(work));
		return results.every((result) => result === true);
	};
	return Object.assign(Object.create(first) as FastifyInstance, {
		inject: (request: InjectOptions | string) => apps[requests++ % apps.length]?.inject(request),
		usage: { ...first.usage, flush: every((app) => app.usage.flush()) },
		backends: { ...first.backends, flush: every((app) => app.backends.flush()) },
		close: every((app) => app.close()),
	});
}
