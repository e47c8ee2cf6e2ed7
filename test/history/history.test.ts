import type { FastifyInstance } from "fastify";
import { expect, it, onTestFinished } from "vitest";

import { buildApp } from "../../server/app.ts";
import { type Config, loadConfig } from "../../server/config.ts";
import { randomFrom } from "../guards/random.ts";
import { EMPTY_DASHBOARD } from "../server/empty-dashboard.ts";
import { quickHash } from "../server/quick-hash.ts";
import { tempDir } from "../server/temp-dir.ts";
import { contradiction, type Operation } from "./explain.ts";
import { recordHistory, type Request, type Server } from "./record.ts";
import { atOnceOr, keysOr, SEED, TIMEOUT_MS } from "./settings.ts";

const SERVERS = 3;
const KEYS = keysOr(60);
const AT_ONCE = atOnceOr(8);

async function startServers(env: Record<string, string>) {
	const config = loadConfig({
		PUBLIC_URL: "http://localhost:8787",
		AUXVYN_SECRET: "signs-the-sessions-of-all-servers-01234",
		RATE_LIMIT_SCALE: "0",
		SIGN_UP: "open",
		LOG_LEVEL: "silent",
		...env,
	});
	const servers = await Promise.all(Array.from({ length: SERVERS }, (_, number) => startServer(number, config)));
	const [first] = servers;
	const origin = config.publicUrl;
	const payload = { name: "Rin", email: "rin@example.com", password: "correct horse battery" };
	const signedUp = await first?.app.inject({
		method: "POST",
		url: "/api/auth/sign-up/email",
		headers: { origin },
		payload,
	});
	const cookie = signedUp?.cookies.map((each) => `${each.name}=${each.value}`).join("; ") ?? "";
	const headers = { origin, cookie };
	const list = await first?.app.inject({ method: "GET", url: "/api/workspaces", headers });
	const workspaceId = list?.json<{ workspaces: { id: string }[] }>().workspaces[0]?.id ?? "";
	return { servers, headers, workspaceId };
}

async function startServer(number: number, config: Config): Promise<Server & { app: FastifyInstance }> {
	const app = await buildApp(config, { dashboard: EMPTY_DASHBOARD, passwordHash: quickHash });
	onTestFinished(() => app.close());
	const ask = async (request: Request) => {
		const { statusCode, body } = await app.inject(request);
		return { status: statusCode, body };
	};
	return { number, app, ask };
}

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
