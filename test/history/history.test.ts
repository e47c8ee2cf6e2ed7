import { randomInt } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";

import { expect, it, onTestFinished } from "vitest";

import { buildApp } from "../../server/app.ts";
import { loadConfig } from "../../server/config.ts";
import { prepareDatabase } from "../../server/storage/postgres/prepare-database.ts";
import { randomFrom } from "../guards/random.ts";
import { Cluster } from "../postgres/cluster.ts";
import { findPostgres } from "../postgres/find-postgres.ts";
import { EMPTY_DASHBOARD } from "../server/empty-dashboard.ts";
import { quickHash } from "../server/quick-hash.ts";
import { tempDir } from "../server/temp-dir.ts";
import { contradiction, type Operation } from "./explain.ts";
import { recordHistory } from "./record.ts";

const SERVERS = 3;
const SEED = Number(process.env["AUXVYN_SEED"] ?? randomInt(1_000_000));
const KEYS = Number(process.env["AUXVYN_HISTORY_KEYS"] ?? 60);
const AT_ONCE = Number(process.env["AUXVYN_HISTORY_AT_ONCE"] ?? 8);
const ANSWERS_PER_FAULT = Math.max(200, KEYS / 2);
const CONNECTIONS = ["checks", "reads", "writes", "commits"];
const TIMEOUT_MS = 120_000 + KEYS * 200;

/** How many of the operations so far have an answer. */
function countAnswered(history: readonly Operation[]): () => number {
	let [looked, answered] = [0, 0];
	return () => {
		for (; looked < history.length; looked += 1) if (history[looked]?.answeredAt !== Infinity) answered += 1;
		return answered;
	};
}

/** A crash of the database, a connection that ends, or a pause. */
async function fault(cluster: Cluster, random: () => number): Promise<void> {
	const kind = random();
	if (kind < 0.25) {
		await cluster.kill();
		await sleep(random() * 300);
		await cluster.launch();
	} else if (kind < 0.75) {
		const name = CONNECTIONS[Math.floor(random() * CONNECTIONS.length)];
		await cluster.sql(
			"postgres",
			`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'auxvyn ${name}'`,
		);
	} else {
		cluster.pause(true);
		await sleep(random() * 500);
		cluster.pause(false);
	}
}

async function startServers(env: Record<string, string>) {
	const config = loadConfig({
		PUBLIC_URL: "http://localhost:8787",
		AUXVYN_SECRET: "signs-the-sessions-of-all-servers-01234",
		RATE_LIMIT_SCALE: "0",
		SIGN_UP: "open",
		LOG_LEVEL: "silent",
		...env,
	});
	const servers = await Promise.all(
		Array.from({ length: SERVERS }, async () => {
			const app = await buildApp(config, { dashboard: EMPTY_DASHBOARD, passwordHash: quickHash });
			onTestFinished(() => app.close());
			return app;
		}),
	);
	const [first] = servers;
	const origin = config.publicUrl;
	const payload = { name: "Rin", email: "rin@example.com", password: "correct horse battery" };
	const signedUp = await first?.inject({
		method: "POST",
		url: "/api/auth/sign-up/email",
		headers: { origin },
		payload,
	});
	const cookie = signedUp?.cookies.map((each) => `${each.name}=${each.value}`).join("; ") ?? "";
	const headers = { origin, cookie };
	const list = await first?.inject({ method: "GET", url: "/api/workspaces", headers });
	const workspaceId = list?.json<{ workspaces: { id: string }[] }>().workspaces[0]?.id ?? "";
	return { servers, headers, workspaceId };
}

it(
	`three servers on PostgreSQL: an order explains every answer, whatever happens to it (seed ${SEED})`,
	async () => {
		const cluster = await Cluster.start((await findPostgres()) ?? "");
		onTestFinished(() => cluster.stop());
		const url = await cluster.createDatabase();
		await prepareDatabase(url);
		const world = await startServers({ DATABASE_URL: url, DATA_DIR: await tempDir() });
		const random = randomFrom(SEED);
		const history: Operation[] = [];
		const answered = countAnswered(history);
		const recording = recordHistory({ ...world, random, keys: KEYS, atOnce: AT_ONCE, history });
		let hasEnded = false;
		const isOver = () => hasEnded;
		void recording.finally(() => (hasEnded = true));
		let faults = 0;
		while (!isOver()) {
			// By what was answered and not by time, so that on a busy machine something happens in between.
			const enough = answered() + random() * 2 * ANSWERS_PER_FAULT;
			while (!isOver() && answered() < enough) await sleep(5);
			await fault(cluster, random);
			faults += 1;
		}
		await recording;
		expect(contradiction(history)).toBeUndefined();
		expect(faults).toBeGreaterThan(2);
		expect(history.some(({ seen }) => seen === "active")).toBe(true);
		expect(history.some(({ seen }) => seen === "revoked")).toBe(true);
	},
	TIMEOUT_MS,
);

it(
	`three servers on SQLite: an order explains every answer (seed ${SEED})`,
	async () => {
		const world = await startServers({ DATA_DIR: await tempDir() });
		const history: Operation[] = [];
		await recordHistory({ ...world, random: randomFrom(SEED), keys: KEYS, atOnce: AT_ONCE, history });
		expect(contradiction(history)).toBeUndefined();
		expect(history.some(({ seen }) => seen === "revoked")).toBe(true);
	},
	TIMEOUT_MS,
);
