import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";

import { runProcess } from "../../plugin/build/run-process.ts";
import { Cluster } from "../postgres/cluster.ts";
import { needPostgres } from "../postgres/find-postgres.ts";
import { freePort } from "../server/free-port.ts";
import { findHydra, HYDRA_VERSION } from "./build-hydra.ts";
import { SOME_KEYS, UNKNOWN_KEYS } from "./games.ts";
import { type HydraClient, type HydraPorts, INTROSPECT, registerClient } from "./hydra-client.ts";
import type { Peer } from "./peers.ts";
import { asForm } from "./requests.ts";
import { KEY_PLACE } from "./wrk.ts";

/** Of its connections to the database: what its own Compose file sets. */
const POOL = "sslmode=disable&max_conns=20&max_idle_conns=4";
/** Each takes a while: Hydra hashes the client's secret. */
const ISSUED_AT_ONCE = 4;
const START_TIMEOUT_MS = 60_000;
const ABOUT = `Ory Hydra ${HYDRA_VERSION} with its opaque access tokens, on PostgreSQL, whose CPU time is not counted: each request is a POST of its introspection (RFC 7662) that answers 200, also for an unknown token. For each it reads the token's row and the client's, or looks for an unknown token three times, and writes nothing. A revoked token is refused on the next request, in every process on the database; each run of this bench tries that in one. Main thread says nothing about it: Go answers in any thread.`;

/** Ory Hydra's access tokens, checked by introspection. @throws Error if it, or PostgreSQL, cannot be had */
export async function startHydra(): Promise<Peer> {
	const program = await findHydra();
	const cluster = await Cluster.start(await needPostgres());
	let child: ChildProcess | undefined;
	const stop = async (): Promise<void> => {
		if (child?.exitCode === null && child.kill()) await once(child, "exit");
		await cluster.stop();
	};
	try {
		const ports = { publicPort: await freePort(), adminPort: await freePort() };
		const env = settings(`${await cluster.createDatabase()}?${POOL}`, ports);
		const { code, output } = await runProcess(program, ["migrate", "sql", "--read-from-env", "--yes"], { env });
		if (code !== 0) throw new Error(`its database could not be prepared: ${output.trim().slice(-500)}`);
		child = spawn(program, ["serve", "all"], { env, stdio: ["ignore", "ignore", "inherit"] });
		await ready(child, ports.adminPort);
		const client = await registerClient(ports);
		await checkRevocation(client);
		const tokens = await issueTokens(client);
		const unknown = Array.from({ length: UNKNOWN_KEYS }, madeUpToken);
		const [token = ""] = tokens;
		const request = asForm(INTROSPECT, { token }).replace(token, KEY_PLACE);
		const own = { port: ports.adminPort, pid: child.pid ?? 0, request, status: 200 };
		return {
			contests: [
				{ ...own, name: "Ory Hydra, one token", keys: [token] },
				{ ...own, name: "Ory Hydra, 1,000 tokens", keys: tokens },
				{ ...own, name: "Ory Hydra, unknown tokens: 200", keys: unknown },
			],
			about: ABOUT,
			stop,
		};
	} catch (error) {
		await stop();
		throw error;
	}
}

/** For production, without anything that reports. TLS is a proxy's. */
function settings(dsn: string, { publicPort, adminPort }: HydraPorts): NodeJS.ProcessEnv {
	return {
		PATH: process.env["PATH"],
		DSN: dsn,
		SECRETS_SYSTEM: randomBytes(32).toString("hex"),
		URLS_SELF_ISSUER: "https://auth.example.com",
		SERVE_PUBLIC_HOST: "127.0.0.1",
		SERVE_PUBLIC_PORT: String(publicPort),
		SERVE_ADMIN_HOST: "127.0.0.1",
		SERVE_ADMIN_PORT: String(adminPort),
		SERVE_TLS_ENABLED: "false",
		TTL_ACCESS_TOKEN: "720h",
		LOG_LEVEL: "error",
		SQA_OPT_OUT: "true",
	};
}

async function ready(child: ChildProcess, port: number): Promise<void> {
	const isReady = () =>
		fetch(`http://127.0.0.1:${port}/health/ready`).then(
			({ ok }) => ok,
			() => false,
		);
	const end = performance.now() + START_TIMEOUT_MS;
	while (!(await isReady())) {
		if (child.exitCode !== null || performance.now() > end) throw new Error("it did not start.");
		await sleep(100);
	}
}

/** @throws Error unless a token is refused once it is revoked. wrk would not notice: the status is the same */
async function checkRevocation(client: HydraClient): Promise<void> {
	const token = await client.issue();
	const before = await client.isActive(token);
	await client.revoke(token);
	if (!before || (await client.isActive(token)))
		throw new Error("a token was refused before it was revoked, or not after.");
	if (await client.isActive(madeUpToken())) throw new Error("a token that it never issued was accepted.");
}

async function issueTokens(client: HydraClient): Promise<string[]> {
	const tokens: string[] = [];
	const issue = async (): Promise<void> => {
		for (let n = 0; n < SOME_KEYS / ISSUED_AT_ONCE; n++) tokens.push(await client.issue());
	};
	await Promise.all(Array.from({ length: ISSUED_AT_ONCE }, issue));
	return tokens;
}

/** A random part and its HMAC, each of 32 bytes. */
function madeUpToken(): string {
	return `ory_at_${[1, 2].map(() => randomBytes(32).toString("base64url")).join(".")}`;
}
