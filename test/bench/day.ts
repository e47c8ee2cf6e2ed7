import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { buildApp } from "../../server/app.ts";
import { loadConfig } from "../../server/config.ts";
import { OAUTH_CLIENT_ID } from "../../shared/wire.ts";
import { EMPTY_DASHBOARD } from "../server/empty-dashboard.ts";
import { quickHash } from "../server/quick-hash.ts";

const ORIGIN = "http://localhost:8787";
const MINUTE_MS = 60_000;
/** Those who have to wait longer are tried once a minute only, to save time. */
const LONG_WAIT_SECONDS = 3_600;

/**
 * `node test/bench/day.ts [hours]`: what one client can make the server store and log in a simulated day, if it does as
 * much as the limits allow: accounts, pairings, keys, renamed keys, and refused requests.
 */
async function main(hours = 24): Promise<void> {
	const dataDir = await mkdtemp(path.join(tmpdir(), "auxvyn-day-"));
	let elapsed = 0;
	let logBytes = 0;
	let logLines = 0;
	// From midnight UTC on, so that the day has one set of quotas.
	const midnight = Math.ceil(Date.now() / 86_400_000) * 86_400_000;
	const clock = { now: () => midnight + elapsed, monotonic: () => elapsed };
	const logStream = {
		write: (line: string) => {
			logLines += 1;
			logBytes += Buffer.byteLength(line);
		},
	};
	const config = loadConfig({ DATA_DIR: dataDir, SIGN_UP: "open" });
	const app = await buildApp(config, {
		clock,
		logStream,
		dashboard: EMPTY_DASHBOARD,
		passwordHash: quickHash,
		tidyEveryMs: 100,
	});
	const done = new Map<string, number>();
	const waiting = new Set<string>();

	/** Repeats `request` up to `times` times this minute, until it is refused. */
	async function flood(what: string, times: number, request: () => Promise<{ statusCode: number; headers: object }>) {
		for (let time = 0; time < (waiting.has(what) ? 1 : times); time++) {
			const { statusCode, headers } = await request();
			if (statusCode < 300) done.set(what, (done.get(what) ?? 0) + 1);
			if (statusCode !== 429 && statusCode !== 503) continue;
			if (Number((headers as Record<string, string>)["retry-after"]) > LONG_WAIT_SECONDS) waiting.add(what);
			return;
		}
	}

	const post = (url: string, payload: object, cookie = "", method: "POST" | "PATCH" = "POST") =>
		app.inject({ method, url, payload, headers: { origin: ORIGIN, ...(cookie && { cookie }) } });
	let accounts = 0;
	const signUp = () =>
		post("/api/auth/sign-up/email", {
			name: "Flood",
			email: `a${accounts++}@example.com`,
			password: "correct horse 1",
		});
	const first = await signUp();
	const cookie = first.cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
	const list = await app.inject({ url: "/api/workspaces", headers: { cookie } });
	const keys = `/api/workspaces/${list.json<{ workspaces: { id: string }[] }>().workspaces[0]?.id}/keys`;
	const label = "a".repeat(64);
	const { key } = (await post(keys, { label }, cookie)).json<{ key: { id: string } }>();
	let names = 0;

	for (let minute = 0; minute < hours * 60; minute++) {
		elapsed = minute * MINUTE_MS;
		await flood("accounts", 60, signUp);
		await flood("pairings", 60, () =>
			app.inject({
				method: "POST",
				url: "/oauth/device_authorization",
				headers: { "content-type": "application/x-www-form-urlencoded" },
				payload: new URLSearchParams({ client_id: OAUTH_CLIENT_ID, place_name: label }).toString(),
			}),
		);
		await flood("keys", 240, () => post(keys, { label }, cookie));
		await flood("renamed keys", 240, () => post(`${keys}/${key.id}`, { label: `Key ${names++}` }, cookie, "PATCH"));
		for (let time = 0; time < 20; time++) await app.inject({ url: "/v1/whoami" });
	}
	await app.inject({ url: "/healthz" });
	const sizeOf = app.storage.metrics.filter(({ name }) => name.startsWith("database"));
	for (const { name, read } of sizeOf) console.log(`${name}: ${megabytes(read())}`);
	await app.close();
	console.log(`database after closing: ${megabytes(sizeOf[0]?.read() ?? 0)}`);
	console.log(`log: ${megabytes(logBytes)} in ${logLines} lines`);
	console.log(`made in ${hours} h: ${[...done].map(([what, count]) => `${count} ${what}`).join(", ")}`);
	await rm(dataDir, { recursive: true });
}

function megabytes(bytes: number): string {
	return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

await main(process.argv[2] === undefined ? undefined : Number(process.argv[2]));
process.exit();
