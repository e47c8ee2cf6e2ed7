import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";

import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";

import { runtimeText } from "../../plugin/build/runtime.ts";
import { generateKey } from "../../server/keys/manage/generate-key.ts";
import { type PlaceDescription, writePlace } from "../studio/place-file.ts";
import type { Secrets } from "../studio/studio-options.ts";
import { type Loop, useLoops } from "./helper.ts";

const openLoop = useLoops();

const PUBLIC = "https://keys.moonlit.example";
const API = "https://api.moonlit.example";
const TRICKS = [
	"globals",
	"instances",
	"signals",
	"bindable",
	"environment",
	"stack",
	"resume",
	"arguments",
	"targets",
	"clone",
	"attach",
	"restart",
	"linger",
];
const TOGETHER = undefined;
/** Longer than the thief takes for a trick, and for all of them. */
const SECONDS = { one: 30, all: 130 };
/** A dozen tricks on a busy machine. */
const TIMEOUT_MS = 120_000;

/** Answers with the request's headers, as some APIs do for debugging. */
let echo: Server;
let keysEchoed = 0;
beforeAll(async () => {
	echo = createServer((request: IncomingMessage, response) => {
		if (request.headers.authorization?.startsWith("Bearer auxvyn_") === true) keysEchoed += 1;
		response.setHeader("x-was", request.headers.authorization ?? "");
		response.end(JSON.stringify(request.headers));
	});
	await new Promise<void>((resolve) => echo.listen(0, "127.0.0.1", resolve));
});
afterAll(() => new Promise((resolve) => echo.close(resolve)));

const addressOf = (server: Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

/** A place with the thief in it, after these scripts. `SignalBehavior`: when the listeners of a signal run. */
async function openPlace(
	scripts: PlaceDescription[],
	{ secrets = {}, SignalBehavior = "Deferred" }: { secrets?: Secrets; SignalBehavior?: string } = {},
): Promise<Loop> {
	const folder = await mkdtemp(path.join(tmpdir(), "auxvyn-thief-"));
	onTestFinished(() => rm(folder, { recursive: true, force: true }));
	const source = await readFile(path.join(import.meta.dirname, "thief.luau"), "utf8");
	const place = await writePlace(path.join(folder, "game.rbxl"), [
		{ class: "ServerScriptService", children: [...scripts, { class: "Script", name: "Thief", source }] },
		{ class: "HttpService", properties: { HttpEnabled: true } },
		{ class: "Workspace", properties: { SignalBehavior } },
	]);
	const loop = await openLoop({ place, secrets, publicName: PUBLIC, network: { [API]: addressOf(echo) } });
	return loop;
}

/** Publishes the place for each trick, and shuts the server down; returns what the thief has got. */
async function letSteal(loop: Loop, tricks: (string | undefined)[], more = 0) {
	const stolen: string[] = [];
	const reached = new Set<string>();
	let [tried, goodbyes] = [0, 0];
	loop.server.app.server.on("request", ({ headers }: IncomingMessage) => {
		if (headers["x-auxvyn-closing"] !== undefined) goodbyes += 1;
	});
	for (const trick of tricks) {
		await loop.studio.run(`workspace:SetAttribute("Trick", ${trick === undefined ? "nil" : `"${trick}"`})`);
		const { server } = await loop.studio.publish();
		const before = goodbyes;
		await loop.advance((trick === undefined ? SECONDS.all : SECONDS.one) + more);
		expect(goodbyes).toBe(before);
		const { output } = await loop.studio.shutdown(server);
		const lines = output.filter((line) => /STOLEN|GLOBAL|failed|auxvyn_[0-9a-f]/.test(line));
		stolen.push(...new Set(lines.map((line) => `${trick ?? "all"}: ${line}`)));
		tried += output.filter((line) => line.startsWith("tried")).length;
		for (const { url } of await loop.studio.requests({ server })) reached.add(new URL(url).origin);
	}
	return { stolen, reached: [...reached].sort(), tried };
}

async function standalonePlace(start: string, secrets: Secrets = {}): Promise<Loop> {
	const module: PlaceDescription = { class: "ModuleScript", name: "Client", source: await runtimeText("standalone") };
	const source = `local Client = require(script.Parent.Client)\n${start}\nprint(Client.request("GET", "/v1/whoami").StatusCode)`;
	return openPlace([module, { class: "Script", name: "Owner", source }], { secrets });
}

describe("in a connected place no other script gets the key, or has it sent elsewhere", { timeout: TIMEOUT_MS }, () => {
	test.each(["of its own", "of its caller"])("when a callback runs on a thread %s", async (thread) => {
		// The worst of both: what listens runs at once, on the thread that fired the signal.
		const loop = await openPlace([], { SignalBehavior: thread === "of its caller" ? "Immediate" : "Deferred" });
		await loop.connect();
		await loop.studio.run(
			`local s = game.ServerScriptService.Auxvyn s.Source = s.Source:gsub("apis = {}", 'apis = { "${API}" }')`,
		);
		if (thread === "of its caller") await loop.studio.refuse("invoke-on-caller");
		const tricks = thread === "of its caller" ? [...TRICKS, TOGETHER] : ["bindable", "stack", TOGETHER];
		const { stolen, reached, tried } = await letSteal(loop, tricks);
		expect(stolen).toEqual([]);
		expect(reached).toEqual([API, PUBLIC]);
		expect(tried).toBe(tricks.length);
		expect(keysEchoed).toBeGreaterThan(0);
	});
});

test(
	"the standalone module reveals its key to no other script, as text or as a Secret, and sends it nowhere else",
	{ timeout: TIMEOUT_MS },
	async () => {
		const key = generateKey();
		const apis = `{ apis = { "${API}" } }`;
		const starts: [string, Secrets][] = [
			[`Client.start("${key}", "${PUBLIC}", ${apis})`, {}],
			[
				`Client.startWithSecret("auxvyn", "${PUBLIC}", ${apis})`,
				{ auxvyn: { value: key, domain: "*.moonlit.example" } },
			],
		];
		for (const [start, secrets] of starts) {
			const loop = await standalonePlace(start, secrets);
			const { stolen, reached, tried } = await letSteal(loop, ["stack", "arguments", TOGETHER]);
			expect(stolen).toEqual([]);
			expect(reached).toEqual([API, PUBLIC]);
			expect(tried).toBe(3);
		}
	},
);

test("the standalone module reveals nothing if it is started only after the tricks, whatever they left behind", async () => {
	const key = generateKey();
	const loop = await standalonePlace(`task.wait(${SECONDS.one}) Client.start("${key}", "${PUBLIC}")`);
	const tricks = ["environment", "linger", "globals", "instances", "signals"];
	const { stolen, reached, tried } = await letSteal(loop, tricks, SECONDS.one);
	expect(stolen).toEqual([]);
	expect(reached).toEqual([PUBLIC]);
	expect(tried).toBe(tricks.length);
});
