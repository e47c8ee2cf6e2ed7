import { randomBytes, randomInt } from "node:crypto";
import { rm } from "node:fs/promises";
import { Writable } from "node:stream";

import type { FastifyInstance } from "fastify";

import { buildApp } from "../../server/app.ts";
import type { Clock } from "../../server/clock.ts";
import { type Config, loadConfig } from "../../server/config.ts";
import { buildDashboard } from "../../server/dashboard/build.ts";
import type { CreatedKey, WorkspaceList } from "../../shared/wire.ts";
import { addAccount } from "../server/add-account.ts";
import { dataFolder } from "../server/data-folder.ts";
import { freePort } from "../server/free-port.ts";
import { quickHash } from "../server/quick-hash.ts";
import { placeDatabase } from "../server/template-database.ts";

/** Gives each account its own address: sign-ups per address are limited. */
const TRUST_FORWARDED_ADDRESSES = { TRUSTED_PROXIES: "127.0.0.1,::1" };

export const PASSWORD = "correct horse battery";

/** An account, with its session. */
export interface Account {
	name: string;
	email: string;
	workspaceId: string;
	/** The address its requests come from. */
	address: string;
	cookie: { name: string; value: string };
	request(method: string, path: string, body?: object): Promise<Response>;
	createKey(label: string): Promise<CreatedKey>;
}

export interface DashboardServer {
	url: string;
	dataDir: string;
	signUp(name: string): Promise<Account>;
	/** Sends a game's request. Resolves to the status, once the usage is recorded. */
	useKey(secret: string, headers?: Record<string, string>): Promise<number>;
	close(): Promise<void>;
}

export interface ServerOptions {
	env?: Record<string, string>;
	clock?: Clock;
	/** How often the janitor looks for work. */
	tidyEveryMs?: number;
}

/** The real server and dashboard, on a free port with its own database. */
export async function startDashboardServer({ env = {}, ...overridden }: ServerOptions = {}): Promise<DashboardServer> {
	const dataDir = await dataFolder();
	await placeDatabase(dataDir);
	const port = await freePort();
	const config = loadConfig({
		DATA_DIR: dataDir,
		PORT: String(port),
		SIGN_UP: "open",
		...TRUST_FORWARDED_ADDRESSES,
		...env,
	});
	const dashboard = await buildDashboard();
	const quick = { passwordHash: quickHash, mailDelayMs: () => 0 };
	const overrides = { logStream: silence(), dashboard, ...quick, ...overridden };
	const app = await buildApp(config, overrides);
	await app.listen({ port: config.port, host: config.host });
	const url = config.publicUrl;

	return {
		url,
		dataDir,
		signUp: (name) => signUp(app, config, name),
		useKey: async (secret, headers = {}) => {
			const answer = await fetch(`${url}/v1/whoami`, { headers: { "x-api-key": secret, ...headers } });
			await app.usage.flush();
			return answer.status;
		},
		close: async () => {
			// Browsers keep idle connections open.
			app.server.closeAllConnections();
			await app.close();
			await rm(dataDir, { recursive: true, force: true });
		},
	};
}

async function signUp(app: FastifyInstance, config: Config, name: string): Promise<Account> {
	const url = config.publicUrl;
	const email = `${name.toLowerCase().replaceAll(/\W/g, "")}-${randomBytes(4).toString("hex")}@example.com`;
	const address = `198.18.${randomInt(256)}.${randomInt(256)}`;
	let cookie = { name: "", value: "" };
	const request: Account["request"] = (method, path, body) =>
		fetch(url + path, {
			method,
			headers: {
				origin: url,
				"x-forwarded-for": address,
				cookie: `${cookie.name}=${cookie.value}`,
				...(body && { "content-type": "application/json" }),
			},
			...(body && { body: JSON.stringify(body) }),
		});
	const credentials = { email, password: PASSWORD };
	if (config.mail) await addAccount(app.storage, { name, email, passwordHash: await quickHash.hash(PASSWORD) });
	const answer = await (config.mail
		? request("POST", "/api/auth/sign-in/email", credentials)
		: request("POST", "/api/auth/sign-up/email", { name, ...credentials }));
	if (!answer.ok) throw new Error(`Sign-up answered ${answer.status}: ${await answer.text()}`);
	cookie = sessionCookie(answer);
	const { workspaces } = (await (await request("GET", "/api/workspaces")).json()) as WorkspaceList;
	const workspaceId = workspaces[0]?.id ?? "";
	const createKey = async (label: string) => {
		const created = await request("POST", `/api/workspaces/${workspaceId}/keys`, { label });
		if (!created.ok) throw new Error(`No key: ${created.status} ${await created.text()}`);
		return (await created.json()) as CreatedKey;
	};
	return { name, email, workspaceId, address, cookie, request, createKey };
}

function sessionCookie(answer: Response): Account["cookie"] {
	const pair = answer.headers.getSetCookie()[0]?.split(";")[0] ?? "";
	const equals = pair.indexOf("=");
	return { name: pair.slice(0, equals), value: pair.slice(equals + 1) };
}

function silence(): Writable {
	return new Writable({ write: (_chunk, _encoding, done) => done() });
}
