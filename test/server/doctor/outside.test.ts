import { mkdtemp, rm } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";

import { lookAtBackups } from "../../../server/doctor/backups.ts";
import { lookAtClock } from "../../../server/doctor/clock.ts";
import { ok } from "../../../server/doctor/finding.ts";
import { lookAtGames } from "../../../server/doctor/games.ts";
import { lookFromElsewhere, report } from "../../../server/doctor/index.ts";
import { lookAtProxy } from "../../../server/doctor/proxy.ts";
import { askReadiness } from "../../../server/doctor/readiness.ts";
import { freePort } from "../free-port.ts";
import { type ServerProcess, startServer } from "../server-process.ts";
import { tempDir } from "../temp-dir.ts";
import { type Fault, type Front, startFront } from "./front.ts";

let dataDir: string;
let front: Front;
let server: ServerProcess;

beforeAll(async () => {
	dataDir = await mkdtemp(join(tmpdir(), "auxvyn-test-"));
	front = await startFront();
	server = await startServer({ DATA_DIR: dataDir, PUBLIC_URL: front.url, TRUSTED_PROXIES: "127.0.0.1" });
	front.target = server.port;
});

afterAll(async () => {
	front.close();
	await server.stop();
	await rm(dataDir, { recursive: true, force: true });
});

/** What the doctor finds while the proxy has a fault. */
async function problemsWith(fault: Fault): Promise<string[]> {
	front.fault = fault;
	onTestFinished(() => void (front.fault = {}));
	return problemsAt(front.url);
}

async function problemsAt(url: string): Promise<string[]> {
	const findings = await lookFromElsewhere(new URL(url));
	return findings.filter(({ state }) => state === "problem").map(({ about, text }) => `${about}: ${text}`);
}

const page = (status: number, headers: Record<string, string>): NonNullable<Fault["instead"]> => {
	return (_path, _headers, response) => {
		response.writeHead(status, { "content-type": "text/html; charset=UTF-8", ...headers });
		response.end("<html><title>Just a moment...</title></html>");
		return true;
	};
};

const FAULTS: [what: string, fault: Fault, about: string, text: RegExp][] = [
	[
		"Cloudflare's bot challenge",
		{ instead: page(403, { "cf-mitigated": "challenge", server: "cloudflare", "cf-ray": "1-AMS" }) },
		"server",
		/^Cloudflare answers with a bot challenge.*Bot Fight Mode/,
	],
	[
		"Cloudflare's bot challenge for games alone",
		{
			instead: (path, headers, response) =>
				headers["user-agent"] === "Roblox/Linux" &&
				page(503, { "cf-mitigated": "challenge", "cf-ray": "1-AMS" })(path, headers, response),
		},
		"games",
		/^Cloudflare answers with a bot challenge/,
	],
	[
		"a block page",
		{ instead: page(403, {}) },
		"server",
		/^something in front of the server answers with a page of its own \(HTTP 403\)/,
	],
	[
		"a redirect to another name",
		{ instead: page(301, { location: "https://www.example.com/readyz" }) },
		"server",
		/redirects to https:\/\/www\.example\.com: use that as PUBLIC_URL/,
	],
	[
		"a redirect of the dashboard alone",
		{
			instead: (path, headers, response) =>
				path === "/" && page(302, { location: "https://sign-in.example.com/?to=1" })(path, headers, response),
		},
		"dashboard",
		/^http:\/\/localhost:\d+ redirects its page to https:\/\/sign-in\.example\.com\/: let the proxy pass on/,
	],
	[
		"another program",
		{ instead: page(200, {}) },
		"server",
		/^Something other than Auxvyn answers at http:\/\/localhost:\d+ \(HTTP 200\)/,
	],
	[
		"a proxy that drops a header of games",
		{ request: (headers) => delete headers["x-api-key"] },
		"games",
		/^The proxy drops the header x-api-key/,
	],
	[
		"a clock that is ahead",
		{ response: (headers) => (headers.date = new Date(Date.now() + 600_000).toUTCString()) },
		"clock",
		/are 10 min apart/,
	],
	[
		"a plugin that is damaged",
		{
			instead: (path, _headers, response) => {
				if (path !== "/plugin/Auxvyn.rbxmx") return false;
				response.writeHead(503, { "content-type": "application/problem+json" }).end("{}");
				return true;
			},
		},
		"plugin",
		/missing or damaged/,
	],
	[
		"a response that only looks like the server's",
		{ instead: onReadyz((response) => response.end(JSON.stringify({ status: "ready", client: { address: 5 } }))) },
		"server",
		/^Something other than Auxvyn/,
	],
	[
		"a body that does not end, which it does not read to its end",
		{ instead: onReadyz(writeOnAndOn) },
		"server",
		/^Something other than Auxvyn/,
	],
	[
		"a redirect that leads to no server",
		{ instead: onReadyz((response) => response.writeHead(302, { location: "file:///etc/passwd" }).end()) },
		"server",
		/^Something other than Auxvyn/,
	],
];

/** A server on the internet, and its answer. */
const AWAY = { url: new URL("https://keys.example.com"), addresses: ["203.0.113.7"], isElsewhere: true };
const ANSWER = { finding: ok("server", "It is ready.") };

function onReadyz(answer: (response: ServerResponse) => void): NonNullable<Fault["instead"]> {
	return (path, _headers, response) => {
		const isMeant = path.startsWith("/readyz");
		if (isMeant) answer(response);
		return isMeant;
	};
}

function writeOnAndOn(response: ServerResponse): void {
	const chunk = "a".repeat(1_000_000);
	const write = (): void => {
		while (response.write(chunk)) continue;
	};
	response.on("drain", write);
	write();
}

describe("npm run doctor with an address", () => {
	it("finds no problem where there is none", async () => {
		expect(await problemsAt(front.url)).toEqual([]);
	});

	it.each(FAULTS)("names %s", async (_what, fault, about, text) => {
		const problems = await problemsWith(fault);
		expect(problems).toHaveLength(1);
		expect(problems[0]?.startsWith(`${about}: `)).toBe(true);
		expect(problems[0]?.slice(about.length + 2)).toMatch(text);
	});

	it("names a server that is down behind its proxy, and an address at which nothing listens", async () => {
		const target = front.target;
		front.target = await freePort();
		expect(await problemsWith({})).toEqual([expect.stringMatching(/^server: The proxy answers, but.*\(HTTP 502\)/)]);
		front.target = target;
		const port = await freePort();
		expect(await problemsAt(`http://localhost:${port}`)).toEqual([
			expect.stringMatching(/^address: Nothing listens at .*127\.0\.0\.1.*, port \d+: start the proxy/),
		]);
	});

	it("names a PUBLIC_URL that is not the address at which people come", async () => {
		const other = await startFront();
		onTestFinished(other.close);
		other.target = server.port;
		expect(await problemsAt(other.url)).toEqual([
			`plugin: The server's own address is ${front.url}, not ${other.url}: set PUBLIC_URL to ${other.url}, and restart it.`,
		]);
	});

	it("names a port that Roblox sends no requests to", async () => {
		expect(await lookAtGames(new URL("https://keys.example.com:1194"), 1194)).toMatchObject({
			state: "problem",
			text: expect.stringMatching(/use port 1194: use 443, or/) as string,
		});
	});

	it("names a clock that is behind the time that the server goes by", () => {
		const answer = { ...ANSWER, readiness: { clock: { leadSeconds: -7200 } } };
		expect(lookAtClock(AWAY, answer)).toMatchObject({
			state: "problem",
			text: expect.stringMatching(/^The server's clock is 2 h behind the time it goes by/) as string,
		});
	});

	it("prints nothing that controls the terminal, wherever it is from", () => {
		const lines = report([{ about: "server", state: "ok", text: "as \u001b[2J\u009b1m\u202e\nok  address" }]).split(
			"\n",
		);
		expect(lines[0]).toBe("ok          server     as \ufffd[2J\ufffd1m\ufffd\ufffdok  address");
	});

	it("names a disk that is almost full", async () => {
		const full = await startServer({ DATA_DIR: await tempDir(), DISK_FLOOR_MB: "1000000" });
		onTestFinished(() => full.stop().then(() => undefined));
		expect(await problemsAt(full.url)).toEqual([expect.stringMatching(/^disk: It is almost full/)]);
	});
});

describe("the proxy, as the server sees its clients", () => {
	const found = async (at: Front) => lookAtProxy(AWAY, await askReadiness(new URL(at.url)));

	async function behind(trusted: string, fault: Fault): Promise<Front> {
		const other = await startFront();
		onTestFinished(other.close);
		const own = await startServer({ DATA_DIR: await tempDir(), PUBLIC_URL: other.url, TRUSTED_PROXIES: trusted });
		onTestFinished(() => own.stop().then(() => undefined));
		Object.assign(other, { target: own.port, fault });
		return other;
	}

	it("is told of its clients' addresses", async () => {
		front.fault = { request: (headers) => (headers["x-forwarded-for"] = "203.0.113.9") };
		onTestFinished(() => void (front.fault = {}));
		expect(await found(front)).toEqual({
			about: "proxy",
			state: "ok",
			text: "The server sees this computer as 203.0.113.9.",
		});
	});

	it("may be told of a CDN's address instead of theirs", async () => {
		front.fault = {
			request: (headers) => (headers["x-forwarded-for"] = "203.0.113.9"),
			response: (headers) => (headers["cf-ray"] = "1-AMS"),
		};
		onTestFinished(() => void (front.fault = {}));
		expect(await found(front)).toMatchObject({
			state: "cannot see",
			text: expect.stringContaining("if that is Cloudflare's address, add its networks to TRUSTED_PROXIES") as string,
		});
	});

	it.each<[what: string, fault: Fault, text: RegExp]>([
		[
			"is not, if the proxy keeps them to itself",
			{ request: (headers) => delete headers["x-forwarded-for"] },
			/does not pass on its clients' addresses/,
		],
		[
			"believes its clients, if the proxy passes on what they say about themselves",
			{},
			/believes what clients say about their own address/,
		],
		[
			"sees something between, if that does not pass on addresses",
			{ request: (headers) => (headers["x-forwarded-for"] = "10.187.87.1") },
			/sees this computer as 10\.187\.87\.1, which is the address of something between/,
		],
	])("%s", async (_what, fault, text) => {
		front.fault = fault;
		onTestFinished(() => void (front.fault = {}));
		const finding = await found(front);
		expect(finding.state).toBe("problem");
		expect(finding.text).toMatch(text);
	});

	it("is not trusted, if TRUSTED_PROXIES does not name it", async () => {
		const finding = await found(await behind("", {}));
		expect(finding).toMatchObject({
			state: "problem",
			text: expect.stringMatching(/^TRUSTED_PROXIES does not name the proxy/) as string,
		});
	});
});

it("tells of scheduled backups: the last one, one that failed, a copy that failed, and that there are none", () => {
	const lastAt = "2026-11-29T12:00:00.000Z";
	expect(lookAtBackups({ backup: { lastAt, failed: false, commandFailed: false } })).toEqual(
		ok("backups", `The last one is from ${lastAt}.`),
	);
	expect(lookAtBackups({ backup: { lastAt, failed: true, commandFailed: false } })).toMatchObject({ state: "problem" });
	expect(lookAtBackups({ backup: { lastAt, failed: false, commandFailed: true } }).text).toContain("BACKUP_COMMAND");
	expect(lookAtBackups({})).toMatchObject({ state: "cannot see" });
});
