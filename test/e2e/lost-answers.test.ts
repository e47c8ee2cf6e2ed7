import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, expect, it, onTestFinished } from "vitest";

import type { Key } from "../../shared/wire.ts";
import { type LossyProxy, startLossyProxy } from "../server/lossy-proxy.ts";
import { type RemotePerson, signUpAt } from "../server/person.ts";
import { type ServerProcess, startServer } from "../server/server-process.ts";
import { openStudio, type Studio } from "../studio/studio.ts";

let dataDir: string;
let proxy: LossyProxy;
let server: ServerProcess;
let rin: RemotePerson;
let loses: (path: string, count: number) => boolean = () => false;

beforeAll(async () => {
	dataDir = await mkdtemp(join(tmpdir(), "auxvyn-test-"));
	proxy = await startLossyProxy((path, count) => loses(path, count));
	server = await startServer({ DATA_DIR: dataDir, PUBLIC_URL: proxy.url, RATE_LIMIT_SCALE: "0" });
	proxy.target = `http://127.0.0.1:${server.port}`;
	rin = await signUpAt(proxy.target, "Rin", proxy.url);
});

afterAll(async () => {
	await server.stop();
	await proxy.close();
	await rm(dataDir, { recursive: true, force: true });
});

async function activeKeys(): Promise<Key[]> {
	const answer = await rin.request("GET", `/api/workspaces/${rin.workspaceId}/keys?state=active`);
	return ((await answer.json()) as { keys: Key[] }).keys;
}

/** Drives one pairing as a person would, pressing Retry where the widget offers it. */
async function pair(studio: Studio, button: string, approval: Record<string, unknown>): Promise<void> {
	await studio.click(button);
	let approved = false;
	for (let looks = 0; looks < 200; looks++) {
		const widget = await studio.settle();
		if (widget.state === "connected" && approved) return;
		const code = widget.boxes.find((box) => box.name === "UserCode")?.text;
		if (widget.state === "waiting" && code !== undefined && !approved) {
			approved = (await rin.approve(code, approval)).status === 200;
		} else if (widget.state === "confirm") {
			await studio.click(widget.buttons.find((each) => each.name !== "Cancel")?.name ?? "");
		} else if (widget.buttons.some((each) => each.name === "Retry" && each.enabled)) {
			await studio.click("Retry");
		}
		await studio.advance(2);
	}
	throw new Error(`The pairing did not end: ${(await studio.widget()).texts.join(" | ")}`);
}

async function keyInPlace(studio: Studio): Promise<string> {
	const keys = JSON.stringify(await studio.place()).match(/auxvyn_[0-9a-f]{60}/g) ?? [];
	expect(keys).toHaveLength(1);
	return keys[0] ?? "";
}

it.each([
	["every first answer", (_: string, count: number) => count % 2 === 0],
	["every second answer", (_: string, count: number) => count % 2 === 1],
	["two of three answers", (_: string, count: number) => count % 3 !== 2],
	["every other answer to whoami", (path: string, count: number) => path === "/v1/whoami" && count % 2 === 0],
])(
	"through a line that loses %s, connecting and reconnecting leave one active key, and it stands in the place",
	async (_, pattern) => {
		for (const key of await activeKeys())
			await rin.request("DELETE", `/api/workspaces/${rin.workspaceId}/keys/${key.id}`);
		const studio = await openStudio({ server: proxy.url });
		onTestFinished(() => studio.close());
		await studio.toolbar();
		let count = 0;
		loses = (path) => {
			return path.startsWith("/api/") ? false : pattern(path, count++);
		};
		onTestFinished(() => {
			loses = () => false;
		});
		const before = proxy.lost;
		await pair(studio, "Connect", { label: "First" });
		await pair(studio, "Reconnect", { label: "Second", previousKey: "revoke" });
		expect(proxy.lost).toBeGreaterThan(before);
		loses = () => false;

		const keys = await activeKeys();
		expect(keys.map((key) => key.label)).toEqual(["Second"]);
		const inPlace = await keyInPlace(studio);
		expect(inPlace.endsWith(keys[0]?.hint ?? "none")).toBe(true);
		const answer = await fetch(`${proxy.target}/v1/whoami`, { headers: { authorization: `Bearer ${inPlace}` } });
		expect(answer.status).toBe(200);
	},
	120_000,
);
