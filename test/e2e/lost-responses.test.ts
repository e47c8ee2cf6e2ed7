import { afterAll, beforeAll, expect, it, onTestFinished } from "vitest";

import { type BehindProxy, startBehindProxy } from "../server/behind-proxy.ts";
import { openStudio, type Studio } from "../studio/studio.ts";

let world: BehindProxy;

beforeAll(async () => {
	world = await startBehindProxy();
});

afterAll(() => world.close());

/** Pairs like a user would, clicking Retry whenever the widget offers it. */
async function pair(studio: Studio, button: string, approval: Record<string, unknown>): Promise<void> {
	await studio.click(button);
	let approved = false;
	for (let steps = 0; steps < 200; steps++) {
		const widget = await studio.settle();
		if (widget.state === "connected" && approved) return;
		const code = widget.boxes.find((box) => box.name === "UserCode")?.text;
		if (widget.state === "waiting" && code !== undefined && !approved) {
			approved = (await world.rin.approve(code, approval)).status === 200;
		} else if (widget.state === "confirm") {
			await studio.click(widget.buttons.find((each) => each.name !== "Cancel")?.name ?? "");
		} else if (widget.buttons.some((each) => each.name === "Retry" && each.enabled)) {
			await studio.click("Retry");
		}
		await studio.advance(2);
	}
	throw new Error(`The pairing did not finish: ${(await studio.widget()).texts.join(" | ")}`);
}

async function keyInPlace(studio: Studio): Promise<string> {
	const keys = JSON.stringify(await studio.place()).match(/auxvyn_[0-9a-f]{60}/g) ?? [];
	expect(keys).toHaveLength(1);
	return keys[0] ?? "";
}

it.each([
	["every first response", (_: string, count: number) => count % 2 === 0],
	["every second response", (_: string, count: number) => count % 2 === 1],
	["two of three responses", (_: string, count: number) => count % 3 !== 2],
	["every other whoami response", (path: string, count: number) => path === "/v1/whoami" && count % 2 === 0],
])(
	"if the network loses %s, connecting and reconnecting leave one active key, the one in the place",
	async (_, pattern) => {
		for (const key of await world.activeKeys())
			await world.rin.request("DELETE", `/api/workspaces/${world.rin.workspaceId}/keys/${key.id}`);
		const studio = await openStudio({ server: world.proxy.url });
		onTestFinished(() => studio.close());
		await studio.toolbar();
		let count = 0;
		world.lose((path) => !path.startsWith("/api/") && pattern(path, count++));
		onTestFinished(() => world.lose(undefined));
		const before = world.proxy.lost;
		await pair(studio, "Connect", { label: "First" });
		await pair(studio, "Reconnect", { label: "Second", previousKey: "revoke" });
		expect(world.proxy.lost).toBeGreaterThan(before);
		world.lose(undefined);

		const keys = await world.activeKeys();
		expect(keys.map((key) => key.label)).toEqual(["Second"]);
		const inPlace = await keyInPlace(studio);
		expect(inPlace.endsWith(keys[0]?.hint ?? "none")).toBe(true);
		expect((await world.whoami(inPlace)).status).toBe(200);
	},
	120_000,
);
