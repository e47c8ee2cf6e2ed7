import { rm } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { Writable } from "node:stream";

import { afterAll, beforeAll, type TestContext } from "vitest";

import { buildApp } from "../../server/app.ts";
import { systemClock } from "../../server/clock.ts";
import { loadConfig } from "../../server/config.ts";
import { prepareDatabase } from "../../server/storage/postgres/prepare-database.ts";
import { openPostgres } from "../../server/storage/postgres/storage.ts";
import type { Storage } from "../../server/storage/storage.ts";
import { dataFolder } from "../server/data-folder.ts";
import { EMPTY_DASHBOARD } from "../server/empty-dashboard.ts";
import { signUpAt } from "../server/person.ts";
import { quickHash } from "../server/quick-hash.ts";
import { stores } from "../server/storage/stores.ts";
import { Cluster } from "./cluster.ts";
import { findPostgres } from "./find-postgres.ts";
import { PostgresProxy } from "./proxy.ts";

/** As in a browser and in games; tests that run beside each other each have their servers on ports of their own. */
export const ORIGIN = "http://localhost:8787";
const ANSWER_MS = 10_000;

export type Finish = Pick<TestContext, "onTestFinished">;

export function serverEnv(databaseUrl: string): Record<string, string> {
	return {
		DATABASE_URL: databaseUrl,
		PUBLIC_URL: ORIGIN,
		AUXVYN_SECRET: "signs-the-sessions-of-all-tests-0123456789",
		RATE_LIMIT_SCALE: "0",
		SIGN_UP: "open",
	};
}

/** One cluster for a file, with a template of the newest schema. */
export function ownCluster() {
	let cluster: Cluster;
	let template: string;
	beforeAll(async () => {
		cluster = await Cluster.start((await findPostgres()) ?? "");
		const url = await cluster.createDatabase();
		await prepareDatabase(url);
		template = databaseOf(url);
	});
	afterAll(() => cluster.stop());
	return {
		get cluster() {
			return cluster;
		},
		createDatabase: () => cluster.createDatabase(template),
	};
}

export function databaseOf(url: string): string {
	return new URL(url).pathname.slice(1);
}

export async function startProxy(
	{ onTestFinished }: Finish,
	target: number | ((name: string) => number),
): Promise<PostgresProxy> {
	const proxy = await PostgresProxy.start(target);
	onTestFinished(() => proxy.close());
	return proxy;
}

export async function openStorageAt({ onTestFinished }: Finish, url: string, listed = stores): Promise<Storage> {
	const storage = await openPostgres({ url, clock: systemClock, stores: listed });
	onTestFinished(() => storage.close());
	return storage;
}

/** A server in this process, on the database of this URL. */
export async function startApp({ onTestFinished }: Finish, databaseUrl: string) {
	const logs: string[] = [];
	const dataDir = await dataFolder();
	onTestFinished(() => rm(dataDir, { recursive: true, force: true }));
	const app = await buildApp(loadConfig({ ...serverEnv(databaseUrl), DATA_DIR: dataDir }), {
		dashboard: EMPTY_DASHBOARD,
		passwordHash: quickHash,
		mailDelayMs: () => 0,
		stores,
		tidyEveryMs: 600_000,
		logStream: new Writable({
			write(chunk: Buffer, _encoding, callback) {
				logs.push(chunk.toString());
				callback();
			},
		}),
	});
	onTestFinished(() => app.close());
	await app.listen({ port: 0, host: "127.0.0.1" });
	const url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
	return { app, url, logs, signUp: () => signUpAt(url, "Rin", ORIGIN), ...clientOf(url) };
}

export type TestApp = Awaited<ReturnType<typeof startApp>>;

/** What games and load balancers ask. Who gets no answer at all fails. */
export function clientOf(url: string) {
	const get = (path: string, headers: Record<string, string> = {}) =>
		fetch(url + path, { headers, signal: AbortSignal.timeout(ANSWER_MS) });
	return {
		get,
		whoami: (secret: string) => get("/v1/whoami", { "x-api-key": secret }),
	};
}

/** What a game is answered until its key is refused as revoked; connections may still be opening. */
export async function answersUntilRefused(server: Pick<TestApp, "whoami">, secret: string): Promise<number[]> {
	const statuses: number[] = [];
	const end = performance.now() + ANSWER_MS;
	while (statuses.at(-1) !== 401 && performance.now() < end) statuses.push((await server.whoami(secret)).status);
	return statuses;
}

/** The same person's requests to another server on the database. */
export function at(url: string, person: { cookie(): string }) {
	return (method: string, path: string, body?: unknown) =>
		fetch(url + path, {
			method,
			headers: { origin: ORIGIN, cookie: person.cookie(), "content-type": "application/json" },
			...(body !== undefined && { body: JSON.stringify(body) }),
			signal: AbortSignal.timeout(ANSWER_MS),
		});
}
