import { expect, it, onTestFinished } from "vitest";

import { prepareDatabase } from "../../server/storage/postgres/prepare-database.ts";
import { randomFrom } from "../guards/random.ts";
import { Cluster } from "../postgres/cluster.ts";
import { databaseOf, ORIGIN } from "../postgres/fault-fixture.ts";
import { findPostgres } from "../postgres/find-postgres.ts";
import { signUpAt } from "../server/person.ts";
import { contradiction, type Operation, type State } from "./explain.ts";
import { databaseFaults, recordUnderFaults } from "./faults.ts";
import { startProcessServer } from "./process-server.ts";
import { check } from "./record.ts";
import { serverFaults } from "./server-faults.ts";
import { atOnceOr, IS_LONG, keysOr, SEED, TIMEOUT_MS } from "./settings.ts";
import { summary } from "./summary.ts";

const NUMBERS = [0, 1, 2];
const KEYS = keysOr(12);
const AT_ONCE = atOnceOr(4);

it(
	`three server processes, any of which is killed: an order explains every answer, and what was answered stays (seed ${SEED})`,
	async () => {
		const began = performance.now();
		const cluster = await Cluster.start((await findPostgres()) ?? "");
		onTestFinished(() => cluster.stop());
		const url = await cluster.createDatabase();
		await prepareDatabase(url);
		const servers = await Promise.all(NUMBERS.map((number) => startProcessServer(number, url)));
		const rin = await signUpAt(servers[0]?.url ?? "", "Rin", ORIGIN);
		const headers = { origin: ORIGIN, cookie: rin.cookie() };

		const history: Operation[] = [];
		const random = randomFrom(SEED);
		const faultRandom = randomFrom(SEED + 1);
		const { keys, played } = await recordUnderFaults({
			servers,
			headers,
			workspaceId: rin.workspaceId,
			random,
			keys: KEYS,
			keepsOneOf: 10,
			atOnce: AT_ONCE,
			history,
			faults: {
				...databaseFaults(cluster, faultRandom),
				...serverFaults({ servers, cluster, random: faultRandom, isLong: IS_LONG }),
			},
			faultRandom,
			answersBetween: Math.max(40, KEYS / 2),
		});

		await Promise.all([cluster.kill(), ...servers.map((server) => server.kill())]);
		await cluster.launch();
		const fresh = [await startProcessServer(NUMBERS.length, url)];
		const states = new Map<string, number>();
		for (const key of keys) {
			let seen: State | undefined;
			while (seen === undefined) seen = await check(key, { servers: fresh, random, history });
			const what = `${key.isRevoked ? "revoked" : "kept"}: ${seen}`;
			states.set(what, (states.get(what) ?? 0) + 1);
		}
		if (IS_LONG) console.log(summary(history, { played, states, seconds: (performance.now() - began) / 1_000 }));
		expect(contradiction(history)).toBeUndefined();
		expect([...states.keys()].toSorted()).toEqual(["kept: active", "revoked: revoked"]);
		expect(await cluster.sql(databaseOf(url), "SELECT label FROM api_key GROUP BY label HAVING count(*) > 1")).toEqual(
			[],
		);
	},
	TIMEOUT_MS,
);
