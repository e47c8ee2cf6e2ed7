import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { freePort } from "../server/free-port.ts";
import { type RemotePerson, signUpAt } from "../server/person.ts";
import { startServer } from "../server/server-process.ts";
import { measure, median } from "./load.ts";
import { insertKeys } from "./many-keys.ts";
import { measureTab, openBrowser, type TabTimes } from "./tab.ts";

const ROUNDS = 7;
const SECONDS = 2;
const KEYS = 100_000;
const FEW_KEYS = 50;

/** Figures for the README: every server measured in turn, round by round, so that a busy machine is unfair to all alike. */
const dataDir = await mkdtemp(join(tmpdir(), "auxvyn-bench-"));
const server = await startServer({ DATA_DIR: dataDir, RATE_LIMIT_SCALE: "0" });
const bare = await startBare();
try {
	const rin = await signUpAt(server.url);
	const { secret } = await rin.createKey("Production");
	const many = insertKeys(join(dataDir, "auxvyn.db"), rin.workspaceId, KEYS);
	const request = (key: string, path = "/v1/whoami") =>
		`GET ${path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${key}\r\nX-Auxvyn-Server: 0a1b2c3d-0000-4000-8000-0123456789ab\r\n\r\n`;
	const one = request(secret);
	const proxied = request(secret, "/v1/forward-auth");
	const requests = many.map((key) => request(key));
	const contestants: [string, number, (index: number) => string][] = [
		["bare Fastify, nothing looked up", bare.port, () => one],
		["whoami, one key", server.port, () => one],
		[`whoami, ${KEYS.toLocaleString("en")} keys in turn`, server.port, (index) => requests[index % KEYS] ?? one],
		["forward-auth, one key", server.port, () => proxied],
	];
	const rates = contestants.map((): number[] => []);
	for (let round = 0; round < ROUNDS; round++) {
		for (const [place, [, port, requestOf]] of contestants.entries()) {
			rates[place]?.push(await measure(port, requestOf, SECONDS));
		}
		console.error(`round ${round + 1} of ${ROUNDS}`);
	}
	const baseline = rates[0] ?? [];
	console.log(`\nMedians of ${ROUNDS} alternating rounds of ${SECONDS} s, Node ${process.versions.node}:\n`);
	for (const [place, [name]] of contestants.entries()) {
		const own = rates[place] ?? [];
		const ratio = median(own.map((rate, round) => rate / (baseline[round] ?? Number.NaN)));
		console.log(
			`${name.padEnd(36)} ${Math.round(median(own)).toString().padStart(7)} requests/s   ${ratio.toFixed(2)} × bare`,
		);
	}
	await compareTabs(rin);
} finally {
	await server.stop();
	bare.stop();
	await rm(dataDir, { recursive: true, force: true });
}

/** The API Keys tab of a workspace of 100,000 keys against one of 50, in Chromium. */
async function compareTabs(many: RemotePerson): Promise<void> {
	const few = await signUpAt(server.url, "Jo");
	insertKeys(join(dataDir, "auxvyn.db"), few.workspaceId, FEW_KEYS);
	const browser = await openBrowser();
	const times: Record<"many" | "few", TabTimes[]> = { many: [], few: [] };
	try {
		for (let round = 0; round < ROUNDS; round++) {
			times.few.push(await measureTab(browser, server.url, few, "Key 7."));
			times.many.push(await measureTab(browser, server.url, many, "Key 77777."));
		}
	} finally {
		await browser.close();
	}
	console.log(`\nThe API Keys tab in Chromium, nothing cached, medians of ${ROUNDS} alternating rounds:\n`);
	for (const what of ["usable", "search"] as const) {
		const [own, baseline] = [times.many, times.few].map((list) => median(list.map((each) => each[what])));
		const ratio = ((own ?? NaN) / (baseline ?? NaN)).toFixed(2);
		const name = `${what}, ${KEYS.toLocaleString("en")} keys`;
		console.log(`${name.padEnd(36)} ${Math.round(own ?? NaN)} ms   ${ratio} × with ${FEW_KEYS} keys`);
	}
}

async function startBare(): Promise<{ port: number; stop(): void }> {
	const port = await freePort();
	const child = spawn(process.execPath, [fileURLToPath(new URL("bare-server.ts", import.meta.url))], {
		env: { ...process.env, PORT: String(port) },
		stdio: ["ignore", "pipe", "inherit"],
	});
	await once(child.stdout, "data");
	return { port, stop: () => void child.kill() };
}
