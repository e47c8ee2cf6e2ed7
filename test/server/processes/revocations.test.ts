import { describe, expect, it } from "vitest";

import { randomFrom } from "../../guards/random.ts";
import { type Revoked, revokeUnderLoad } from "../../history/revoke-under-load.ts";
import { atOnceOr, SEED } from "../../history/settings.ts";
import { oneProcess, twoProcesses } from "../two-processes.ts";
import { pidsOf } from "../workers/log-lines.ts";

const asked = process.env["AUXVYN_REVOCATIONS"];
const REVOCATIONS = Number(asked ?? 100);
const LOAD = { revocations: REVOCATIONS, atOnce: atOnceOr(8), pipelined: 4, random: randomFrom(SEED) };
const CONNECTIONS = 16;
const TIMEOUT_MS = 60_000 + REVOCATIONS * 300;

function expectExact(revoked: Revoked): void {
	if (asked !== undefined) console.log(revoked);
	const { acceptedAfterwards, oldLabels, refusedBefore } = revoked;
	expect({ acceptedAfterwards, oldLabels, refusedBefore }).toEqual({
		acceptedAfterwards: 0,
		oldLabels: 0,
		refusedBefore: 0,
	});
	expect(revoked.afterwards).toBeGreaterThan(REVOCATIONS * CONNECTIONS);
	expect(revoked.stops).toBeGreaterThan(0);
}

describe("under full load, no key is accepted once its revocation is answered, and no old label is shown", () => {
	describe("on two servers with one database", () => {
		const servers = twoProcesses();

		it(
			`in ${REVOCATIONS} revocations (seed ${SEED})`,
			async () => {
				const { one, other } = servers;
				const pids = [one, other].map(({ child }) => child.pid ?? 0);
				const ports = [one.port, other.port];
				expectExact(await revokeUnderLoad({ ...LOAD, ports, pids, connections: CONNECTIONS / 2 }));
			},
			TIMEOUT_MS,
		);
	});

	describe("with WEB_CONCURRENCY=2", () => {
		const started = oneProcess({ WEB_CONCURRENCY: "2", LOG_LEVEL: "info" });

		it(
			`in ${REVOCATIONS} revocations (seed ${SEED})`,
			async () => {
				const { server } = started;
				const pids = [1, 2].flatMap((worker) => pidsOf(server, worker));
				expectExact(await revokeUnderLoad({ ...LOAD, ports: [server.port], pids, connections: CONNECTIONS }));
			},
			TIMEOUT_MS,
		);
	});
});
