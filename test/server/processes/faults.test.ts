import { readFile } from "node:fs/promises";
import { join } from "node:path";

import Database from "better-sqlite3";
import { describe, expect, it, onTestFinished } from "vitest";

import type { DeviceAuthorization, Key, TokenResponse } from "../../../shared/wire.ts";
import { openSyncDatabase } from "../../postgres/sync-database.ts";
import { isOnPostgres, testOnSqlite } from "../../postgres/test-database.ts";
import { type RemotePerson, signUpAt } from "../person.ts";
import { databaseOf, settingsFor } from "../process-settings.ts";
import { type ServerProcess, startServer } from "../server-process.ts";
import { tempDir } from "../temp-dir.ts";
import { twoProcesses } from "../two-processes.ts";

async function start(dataDir: string, env: Record<string, string> = {}): Promise<ServerProcess> {
	const server = await startServer({ ...(await settingsFor(dataDir)), RATE_LIMIT_SCALE: "0", ...env });
	onTestFinished(async () => {
		await server.stop();
	});
	return server;
}

function form(server: ServerProcess, path: string, parameters: Record<string, string>): Promise<Response> {
	return fetch(`${server.url}${path}`, { method: "POST", body: new URLSearchParams(parameters) });
}

async function startPairing(
	server: ServerProcess,
	parameters: Record<string, string> = {},
): Promise<DeviceAuthorization> {
	const answer = await form(server, "/oauth/device_authorization", { client_id: "auxvyn-studio", ...parameters });
	return (await answer.json()) as DeviceAuthorization;
}

function poll(server: ServerProcess, deviceCode: string): Promise<Response> {
	const grant_type = "urn:ietf:params:oauth:grant-type:device_code";
	return form(server, "/oauth/token", { client_id: "auxvyn-studio", grant_type, device_code: deviceCode });
}

function whoami(server: ServerProcess, key: string): Promise<Response> {
	return fetch(`${server.url}/v1/whoami`, { headers: { authorization: `Bearer ${key}` } });
}

async function activeKeys(rin: RemotePerson): Promise<Key[]> {
	const answer = await rin.request("GET", `/api/workspaces/${rin.workspaceId}/keys?state=active`);
	return ((await answer.json()) as { keys: Key[] }).keys;
}

/** Holds the write lock, as a backup tool or a stuck process would. */
async function lock(folder: string): Promise<{ release(): void }> {
	const db = isOnPostgres() ? openSyncDatabase(await databaseOf(folder)) : new Database(join(folder, "auxvyn.db"));
	onTestFinished(() => void db.close());
	db.exec(isOnPostgres() ? "BEGIN; LOCK TABLE turn IN EXCLUSIVE MODE" : "BEGIN IMMEDIATE");
	return { release: () => void db.exec("ROLLBACK") };
}

describe("a server that was killed", () => {
	it("keeps everything it acknowledged, and continues pairings after the restart", async () => {
		const dataDir = await tempDir();
		const first = await start(dataDir);
		const rin = await signUpAt(first.url);
		const { key, secret } = await rin.createKey("Acknowledged");
		const doomed = await rin.createKey("Revoked");
		await rin.request("DELETE", `/api/workspaces/${rin.workspaceId}/keys/${doomed.key.id}`);
		const pending = await startPairing(first);
		const approved = await startPairing(first);
		await rin.approve(approved.user_code);
		const issued = await startPairing(first);
		await rin.approve(issued.user_code);
		const token = (await (await poll(first, issued.device_code)).json()) as TokenResponse;
		await first.kill();

		const second = await start(dataDir, { PORT: String(first.port) });
		expect(((await (await whoami(second, secret)).json()) as { key: { id: string } }).key.id).toBe(key.id);
		expect((await whoami(second, doomed.secret)).status).toBe(401);
		expect(((await (await poll(second, issued.device_code)).json()) as TokenResponse).access_token).toBe(
			token.access_token,
		);
		expect((await poll(second, approved.device_code)).status).toBe(200);
		await rin.approve(pending.user_code);
		expect((await poll(second, pending.device_code)).status).toBe(200);
		expect((await whoami(second, token.access_token)).status).toBe(200);
	});

	it("loses only the counts that were not yet written", async () => {
		const dataDir = await tempDir();
		const first = await start(dataDir);
		const rin = await signUpAt(first.url);
		const { secret } = await rin.createKey("Counted");
		const counts = async () => (await activeKeys(rin)).map((key) => [key.requests1h, key.requests24h]);
		for (let request = 0; request < 3; request++) await whoami(first, secret);
		await expect.poll(counts).toEqual([[3, 3]]);
		await whoami(first, secret);
		await first.kill();

		const second = await start(dataDir, { PORT: String(first.port) });
		const [lastHour = 0, lastDay = 0] = (await counts())[0] ?? [];
		expect([3, 4]).toContain(lastHour);
		expect(lastDay).toBe(lastHour);
		await whoami(second, secret);
		await second.stop();
		await start(dataDir, { PORT: String(first.port) });
		expect(await counts()).toEqual([[lastHour + 1, lastHour + 1]]);
	});
});

describe("while another process holds the write lock", () => {
	it("sealed keys still authenticate at once, and writes wait for the lock", async () => {
		const dataDir = await tempDir();
		const server = await start(dataDir);
		const rin = await signUpAt(server.url);
		const { secret } = await rin.createKey("Sealed");
		await whoami(server, secret);
		const held = await lock(dataDir);
		const created = rin.createKey("Waiting");
		let isWritten = false;
		void created.finally(() => (isWritten = true)).catch(() => undefined);
		for (let request = 0; request < 50; request++) expect((await whoami(server, secret)).status).toBe(200);
		expect(isWritten).toBe(false);
		held.release();
		expect((await created).key.label).toBe("Waiting");
	});

	it("writes end in 503 with Retry-After if it lasts, and leave nothing behind", async () => {
		const dataDir = await tempDir();
		const server = await start(dataDir);
		const rin = await signUpAt(server.url);
		const started = await startPairing(server);
		await rin.approve(started.user_code);
		const token = (await (await poll(server, started.device_code)).json()) as TokenResponse;
		const held = await lock(dataDir);
		const [created, begun, sealed, signedIn] = await Promise.all([
			rin.request("POST", `/api/workspaces/${rin.workspaceId}/keys`, { label: "Never" }),
			form(server, "/oauth/device_authorization", { client_id: "auxvyn-studio" }),
			whoami(server, token.access_token),
			rin.request("POST", "/api/auth/sign-up/email", {
				name: "Jo",
				email: "jo@example.com",
				password: "correct horse",
			}),
		]);
		for (const answer of [created, begun, sealed, signedIn]) {
			expect(answer.status).toBe(503);
			expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
		}
		held.release();
		expect(await activeKeys(rin)).toHaveLength(1);
		expect((await whoami(server, token.access_token)).status).toBe(200);
	});
});

describe("two processes that start at once on an empty folder", () => {
	const servers = twoProcesses();

	testOnSqlite("agree on one secret and one database", async () => {
		const { one, other, dataDir } = servers;
		const rin = await signUpAt(one.url);
		const { secret } = await rin.createKey("Shared");
		expect((await whoami(other, secret)).status).toBe(200);
		expect((await readFile(join(dataDir, "secret"), "utf8")).trim().length).toBeGreaterThanOrEqual(32);
	});

	it("leave at most one active key per pairing, and never an unusable one, whatever is raced against what", async () => {
		const { one, other } = servers;
		const rin = await signUpAt(one.url);
		const racers = ["approve", "deny", "poll", "seal", "revoke", "delete"] as const;
		for (const first of racers) {
			for (const second of racers) {
				const { device_code, user_code } = await startPairing(one);
				await rin.approve(user_code);
				const known =
					first === "approve" || second === "approve"
						? undefined
						: ((await (await poll(one, device_code)).json()) as TokenResponse);
				const race = (racer: (typeof racers)[number], server: ServerProcess): Promise<Response> => {
					if (racer === "approve") return rin.approve(user_code);
					if (racer === "deny") return rin.request("POST", `/api/pairings/${user_code}/deny`, {});
					if (racer === "poll" || known === undefined) return poll(server, device_code);
					if (racer === "seal") return whoami(server, known.access_token);
					if (racer === "revoke") return form(server, "/oauth/revoke", { token: known.access_token });
					return rin.request("DELETE", `/api/workspaces/${rin.workspaceId}/keys/${known.key.id}`);
				};
				const answers = await Promise.all([race(first, one), race(second, other)]);
				for (const answer of answers) expect(answer.status, `${first} against ${second}`).toBeLessThan(500);
				const keys = await activeKeys(rin);
				expect(keys.length, `${first} against ${second}`).toBeLessThanOrEqual(1);
				const status = (await (await rin.request("GET", `/api/pairings/${user_code}`)).json()) as { status: string };
				expect(status.status === "denied", `${first} against ${second}: ${status.status}`).toBe(
					keys.length === 0 && status.status !== "sealed" && status.status !== "approved",
				);
				for (const key of keys) await rin.request("DELETE", `/api/workspaces/${rin.workspaceId}/keys/${key.id}`);
			}
		}
	}, 60_000);
});
