import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";

import type { RemotePerson } from "../../server/person.ts";
import { readPlace } from "../../studio/place-file.ts";
import type { PlaceNode } from "../../studio/place-node.ts";
import type { Studio } from "../../studio/studio.ts";
import { startGameLoad } from "./game-load.ts";
import { check, quote, tell } from "./narrator.ts";
import { waitFor } from "./wait-for.ts";

export interface Cast {
	url: string;
	rin: RemotePerson;
	studio: Studio;
	/** Where to save the finished place. */
	savedPlace: string;
	/** The contents of all the backend's files and its log. */
	written(): Promise<string>;
}

const KEY = /auxvyn_[0-9a-f]{60}/;

/** Pair, install, publish, authenticate, rotate, revoke. */
export async function playStory({ url, rin, studio, savedPlace, written }: Cast): Promise<void> {
	await pair(studio, rin, "Connect", "Production");
	const first = await keyInPlace(studio);
	tell("The place is published. Its game server starts and authenticates.");
	const oldServer = await studio.publish();
	quote("game server 1", await printed(studio, oldServer.server, "open for Rin's workspace with key Production"));

	const game = startGameLoad(url);
	let second: string;
	try {
		game.use(first);
		await pair(studio, rin, "Reconnect", "Production, rotated");
		second = await keyInPlace(studio);
		check(second !== first, "Reconnect put another key into the place");
		game.use(second);
		tell("It is published again. The old server keeps using the old key, the new one uses the new key.");
		const newServer = await studio.publish();
		quote("game server 2", await printed(studio, newServer.server, "with key Production, rotated"));
		const before = (await studio.output(oldServer.server)).output.length;
		quote("game server 1", await printed(studio, oldServer.server, "with key Production", before));
	} finally {
		await game.stop();
	}
	check(game.counts.accepted > 0, "the game sent requests");
	check(game.counts.refused === 0, "no request was refused while both keys were active");
	quote("both keys", `${game.counts.accepted} requests accepted, ${game.counts.refused} refused`);

	tell("The old key is revoked. The next request with it:");
	await revoke(rin, first);
	const refused = await fetch(`${url}/v1/whoami`, { headers: { authorization: `Bearer ${first}` } });
	const problem = (await refused.json()) as { code: string; detail: string };
	check(
		refused.status === 401 && problem.code === "revoked_key",
		"the next request with the old key gets 401 revoked_key",
	);
	quote("backend", `${refused.status} ${problem.code}: ${problem.detail}`);
	const after = (await studio.output(oldServer.server)).output.length;
	quote("game server 1", await printed(studio, oldServer.server, "revoked", Math.max(0, after - 1)));
	const accepted = await fetch(`${url}/v1/whoami`, { headers: { authorization: `Bearer ${second}` } });
	check(accepted.status === 200, "the new key still works");

	await mkdir(dirname(savedPlace), { recursive: true });
	await studio.save(savedPlace);
	const holders = scriptsWithKeys(await readPlace(savedPlace));
	check(
		holders.length === 1 && holders[0] === "ServerScriptService.Auxvyn",
		"the saved place has its key in one Script only",
	);
	check(!KEY.test(await written()), "no key is in any file or log line of the backend");
	tell(`The place is saved. Open ${savedPlace} in Studio and look at ServerScriptService.Auxvyn.`);
}

async function pair(studio: Studio, rin: RemotePerson, button: "Connect" | "Reconnect", label: string): Promise<void> {
	tell(`A developer clicks ${button} in the plugin.`);
	await studio.click(button);
	const waiting = await studio.settle();
	const code = waiting.boxes.find((box) => box.name === "UserCode")?.text ?? "";
	check(/^[A-Z]{4}-[A-Z]{4}$/.test(code), `the widget shows a code after ${button}: ${waiting.texts.join(" | ")}`);
	quote("widget", `${waiting.texts[0] ?? ""}: ${code}`);
	const seen = (await (await rin.request("GET", `/api/pairings/${code}`)).json()) as {
		reported: { placeName: string | null };
	};
	const approved = await rin.approve(code, { label });
	check(approved.status === 200, "the code can be approved in the dashboard");
	quote("dashboard", `Rin approves ${code} for the place “${seen.reported.placeName ?? "unnamed"}”, as ${label}`);
	const done = await waitFor("The plugin's success", async () => {
		const widget = await studio.widget();
		return widget.state === "connected" && !widget.busy && widget.texts.join(" ").includes(label) ? widget : undefined;
	});
	quote("widget", done.texts.slice(0, 3).join(" | "));
}

/** The only key in the open place. */
async function keyInPlace(studio: Studio): Promise<string> {
	const keys = JSON.stringify(await studio.place()).match(new RegExp(KEY, "g")) ?? [];
	check(keys.length === 1, "there is exactly one key in the place");
	return keys[0] ?? "";
}

/** Waits for a game server to print `text` after its first `skip` lines. */
async function printed(studio: Studio, server: number, text: string, skip = 0): Promise<string[]> {
	return waitFor(`“${text}” in the output of game server ${server}`, async () => {
		const lines = (await studio.output(server)).output.slice(skip);
		check(!lines.some((line) => KEY.test(line)), "no key is printed");
		const found = lines.filter((line) => line.includes(text));
		return found.length > 0 ? found.slice(0, 2) : undefined;
	});
}

async function revoke(rin: RemotePerson, secret: string): Promise<void> {
	const hint = secret.slice(-4);
	const list = (await (await rin.request("GET", `/api/workspaces/${rin.workspaceId}/keys`)).json()) as {
		keys: { id: string; hint: string }[];
	};
	const key = list.keys.find((each) => each.hint === hint);
	const response = await rin.request("DELETE", `/api/workspaces/${rin.workspaceId}/keys/${key?.id ?? ""}`);
	check(response.status === 204, "the old key can be deleted in the dashboard");
}

function scriptsWithKeys(nodes: readonly PlaceNode[]): string[] {
	return nodes.flatMap((node) => {
		const { children, ...own } = node;
		return [...(JSON.stringify(own).search(KEY) === -1 ? [] : [node.path]), ...scriptsWithKeys(children)];
	});
}
