import { randomBytes } from "node:crypto";
import { mkdir, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { Writable } from "node:stream";

import type { FastifyInstance, LightMyRequestResponse } from "fastify";
import { inject, onTestFinished } from "vitest";

import type { PasswordHash } from "../../server/accounts/passwords/hashing.ts";
import { buildApp } from "../../server/app.ts";
import type { Clock } from "../../server/clock.ts";
import { loadConfig } from "../../server/config.ts";
import { databasePath, openConnection, type SqliteDatabase } from "../../server/storage/sqlite/open-database.ts";
import { createThreads, type Threads } from "../../server/storage/sqlite/thread.ts";
import { DEVICE_CODE_GRANT, type DeviceAuthorization, OAUTH_CLIENT_ID, type TokenResponse } from "../../shared/wire.ts";
import { openSyncDatabase } from "../postgres/sync-database.ts";
import { isOnPostgres } from "../postgres/test-database.ts";
import { addAccount } from "./add-account.ts";
import { holdToDescription } from "./conformance.ts";
import { dataFolder } from "./data-folder.ts";
import { EMPTY_DASHBOARD } from "./empty-dashboard.ts";
import { databaseOf } from "./process-settings.ts";
import { quickHash } from "./quick-hash.ts";
import { serversForTest, spread } from "./spread.ts";
import { stores } from "./storage/stores.ts";
import { placeDatabase } from "./template-database.ts";
import { sendThroughLane } from "./through-lane.ts";
import { countWhatIsLogged } from "./through-log.ts";

/**
 * One writer and one reader for all servers of this process: starting threads for each would take longer than its test.
 */
const sharedThreads = createThreads(stores);

type Method = "GET" | "POST" | "PATCH" | "DELETE" | "PUT" | "HEAD";
type Json = Record<string, unknown>;

/** A clock that only moves when told to. */
export interface TestClock extends Clock {
	/** Lets time pass. */
	advance(seconds: number): void;
	advanceTo(milliseconds: number): void;
	/** Steps the wall clock only. */
	set(milliseconds: number): void;
}

export function testClock(): TestClock {
	let wall = Date.now();
	let monotonic = 0;
	const pass = (milliseconds: number): void => {
		wall += milliseconds;
		monotonic += milliseconds;
	};
	return {
		now: () => wall,
		monotonic: () => monotonic,
		advance: (seconds) => pass(seconds * 1000),
		advanceTo: (milliseconds) => pass(milliseconds - wall),
		set: (milliseconds) => {
			wall = milliseconds;
		},
	};
}

/** A signed-in person, with the requests that the dashboard would send. */
export interface Person {
	accountId: string;
	name: string;
	email: string;
	workspaceId: string;
	cookie: string;
	request(
		method: Method,
		url: string,
		body?: unknown,
		headers?: Record<string, string>,
	): Promise<LightMyRequestResponse>;
	createKey(label?: string): Promise<{ id: string; secret: string }>;
}

export interface TestServer {
	app: FastifyInstance;
	dataDir: string;
	/** The settings that commands need to find its database. */
	env: Record<string, string>;
	/** The test's own connection, as another process would have. */
	readonly db: SqliteDatabase;
	/** Another one. */
	connect(): SqliteDatabase;
	clock: TestClock;
	logs: string[];
	signUp(name?: string): Promise<Person>;
	/** Sends a game's request. */
	whoami(secret?: string, headers?: Record<string, string>): Promise<LightMyRequestResponse>;
	form(
		url: string,
		parameters: Record<string, string> | string,
		headers?: Record<string, string>,
	): Promise<LightMyRequestResponse>;
	startPairing(parameters?: Record<string, string>, headers?: Record<string, string>): Promise<DeviceAuthorization>;
	poll(deviceCode: string, headers?: Record<string, string>): Promise<LightMyRequestResponse>;
	/** The whole flow until the key is delivered. */
	pair(
		person: Person,
		parameters?: Record<string, string>,
		approval?: Json,
		headers?: Record<string, string>,
	): Promise<TokenResponse & { userCode: string }>;
	/** Changes with each commit of a server. */
	commits(): number;
	/** All bytes of the data folder and the database. */
	dataBytes(): Promise<Buffer>;
	close(): Promise<void>;
}

export interface BuildOptions {
	env?: Record<string, string>;
	dataDir?: string;
	clock?: TestClock;
	/** The folder of the built dashboard. Default: one with an empty page. */
	dashboard?: string;
	/** Default: a fast one. */
	passwordHash?: PasswordHash;
	/** Default: no delay. */
	mailDelayMs?: () => number;
	/** Default: so long that the janitor never runs. */
	tidyEveryMs?: number;
	/** Its PostgreSQL database. Default: that of the data folder, where the tests run on PostgreSQL. */
	databaseUrl?: string;
	/** How many keys and game servers are counted at once, and not logged first. */
	maxCountedAtOnce?: number;
	/** Free space on the disk, in bytes. Default: the disk's. */
	freeBytes?: () => number;
	/** Default: shared by all servers. */
	threads?: Threads;
}

/** A whole server with its own database, closed and removed when the test ends. */
export async function build(options: BuildOptions = {}): Promise<TestServer> {
	const dataDir = options.dataDir ?? (await dataFolder());
	const databaseUrl = options.databaseUrl ?? (isOnPostgres() ? await databaseOf(dataDir) : undefined);
	if (options.dataDir === undefined && databaseUrl === undefined) await placeDatabase(dataDir);
	const clock = options.clock ?? testClock();
	const logs: string[] = [];
	const logStream = new Writable({
		write(chunk: Buffer, _encoding, callback) {
			logs.push(chunk.toString());
			callback();
		},
	});
	const env = {
		DATA_DIR: dataDir,
		...(databaseUrl !== undefined && {
			DATABASE_URL: databaseUrl,
			PUBLIC_URL: "http://localhost:8787",
			AUXVYN_SECRET: "signs-the-sessions-of-all-tests-0123456789",
		}),
	};
	const config = loadConfig({
		...env,
		RATE_LIMIT_SCALE: "1",
		SIGN_UP: "open",
		...options.env,
	});
	const { dashboard = EMPTY_DASHBOARD, passwordHash = quickHash, mailDelayMs = () => 0 } = options;
	async function start(folder: string): Promise<FastifyInstance> {
		const started = await buildApp(
			{ ...config, dataDir: folder },
			{
				clock,
				logStream,
				dashboard,
				passwordHash,
				mailDelayMs,
				stores,
				threads: options.threads ?? sharedThreads,
				tidyEveryMs: options.tidyEveryMs ?? 600_000,
				runTwice: true,
				...(inject("logged") && { maxCountedAtOnce: 0 }),
				...(options.maxCountedAtOnce !== undefined && { maxCountedAtOnce: options.maxCountedAtOnce }),
				...(options.freeBytes && { freeBytes: options.freeBytes }),
			},
		);
		await started.ready();
		sendThroughLane(started);
		if (inject("logged")) countWhatIsLogged(started);
		holdToDescription(started);
		// Registers it, which would be a commit in the middle of the test.
		await started.usage.flush();
		return started;
	}
	const apps = [await start(dataDir)];
	while (apps.length < serversForTest()) {
		// On PostgreSQL, servers share no folder.
		const folder = databaseUrl === undefined ? dataDir : join(dataDir, `server-${apps.length}`);
		await mkdir(folder, { recursive: true });
		apps.push(await start(folder));
	}
	const app = spread(apps);

	const opened: SqliteDatabase[] = [];
	function connect(): SqliteDatabase {
		const connection =
			databaseUrl === undefined
				? openConnection(databasePath(dataDir), 5_000)
				: (openSyncDatabase(databaseUrl) as unknown as SqliteDatabase);
		opened.push(connection);
		return connection;
	}
	let db: SqliteDatabase | undefined;
	let closed = false;
	const close = async (): Promise<void> => {
		if (closed) return;
		closed = true;
		for (const each of opened) each.close();
		await app.close();
	};
	onTestFinished(async () => {
		await close();
		if (options.dataDir === undefined) await rm(dataDir, { recursive: true, force: true });
	});

	const form: TestServer["form"] = (url, parameters, headers = {}) =>
		app.inject({
			method: "POST",
			url,
			headers: { "content-type": "application/x-www-form-urlencoded", ...headers },
			payload: new URLSearchParams(parameters).toString(),
		});

	async function signUp(name = "Rin"): Promise<Person> {
		const email = `${name.toLowerCase().replaceAll(/\W/g, "")}-${randomBytes(4).toString("hex")}@example.com`;
		const password = "correct horse battery";
		const post = (path: string, payload: Json) =>
			app.inject({ method: "POST", url: `/api/auth/${path}`, headers: { origin: config.publicUrl }, payload });
		// Sign-up would wait for the address to be verified.
		if (config.mail !== undefined)
			await addAccount(app.storage, { name, email, passwordHash: await passwordHash.hash(password) });
		const created = await (config.mail === undefined
			? post("sign-up/email", { name, email, password })
			: post("sign-in/email", { email, password }));
		if (created.statusCode !== 200) throw new Error(`Sign-up answered ${created.statusCode}: ${created.body}`);
		const cookie = created.cookies.map((each) => `${each.name}=${each.value}`).join("; ");
		const request: Person["request"] = (method, url, body, headers = {}) =>
			app.inject({
				method,
				url,
				headers: { cookie, origin: config.publicUrl, ...headers },
				...(body === undefined ? {} : { payload: body as Json }),
			});
		const workspaces = (await request("GET", "/api/workspaces")).json<{ workspaces: { id: string }[] }>();
		const workspaceId = workspaces.workspaces[0]?.id ?? "";
		return {
			accountId: created.json<{ user: { id: string } }>().user.id,
			name,
			email,
			workspaceId,
			cookie,
			request,
			async createKey(label = "Production") {
				const answer = await request("POST", `/api/workspaces/${workspaceId}/keys`, { label });
				const { key, secret } = answer.json<{ key: { id: string }; secret: string }>();
				return { id: key.id, secret };
			},
		};
	}

	const startPairing: TestServer["startPairing"] = async (parameters = {}, headers = {}) => {
		const fields = { client_id: OAUTH_CLIENT_ID, ...parameters };
		const answer = await form("/oauth/device_authorization", fields, headers);
		if (answer.statusCode !== 200) throw new Error(`The pairing did not start: ${answer.body}`);
		return answer.json<DeviceAuthorization>();
	};

	const poll: TestServer["poll"] = (deviceCode, headers = {}) => {
		const grant = { grant_type: DEVICE_CODE_GRANT, device_code: deviceCode };
		return form("/oauth/token", { client_id: OAUTH_CLIENT_ID, ...grant }, headers);
	};

	return {
		app,
		dataDir,
		env,
		get db() {
			return (db ??= connect());
		},
		clock,
		logs,
		signUp,
		form,
		startPairing,
		poll,
		close,
		whoami: (secret, headers = {}) =>
			app.inject({
				method: "GET",
				url: "/v1/whoami",
				headers: secret === undefined ? headers : { authorization: `Bearer ${secret}`, ...headers },
			}),
		async pair(person, parameters = {}, approval = {}, headers = {}) {
			const { device_code, user_code } = await startPairing(parameters, headers);
			const body = { workspaceId: person.workspaceId, label: "From Studio", ...approval };
			const approved = await person.request("POST", `/api/pairings/${user_code}/approve`, body);
			if (approved.statusCode !== 200) throw new Error(`The approval failed: ${approved.body}`);
			const issued = await poll(device_code);
			if (issued.statusCode !== 200) throw new Error(`The key was not issued: ${issued.body}`);
			return { ...issued.json<TokenResponse>(), userCode: user_code };
		},
		connect,
		commits() {
			return Number((db ??= connect()).pragma("data_version", { simple: true }));
		},
		async dataBytes() {
			const names = await readdir(dataDir, { recursive: true, withFileTypes: true });
			const files = names
				.filter((entry) => entry.isFile())
				.map((entry) => readFile(join(entry.parentPath, entry.name)));
			const stored = databaseUrl === undefined ? [] : [openSyncDatabase(databaseUrl).serialize()];
			return Buffer.concat([...(await Promise.all(files)), ...stored]);
		},
	};
}
