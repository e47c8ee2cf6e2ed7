import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";

import type { RemotePerson } from "../../server/person.ts";
import { readPlace } from "../../studio/place-file.ts";
import type { PlaceNode } from "../../studio/place-node.ts";
import type { Studio } from "../../studio/studio.ts";
import { check, quote, StoryError, tell } from "./narrator.ts";
import { waitFor } from "./wait-for.ts";

export interface Cast {
	url: string;
	rin: RemotePerson;
	studio: Studio;
	/** Puts the clocks of the backend and of Studio forward. */
	pass(seconds: number): Promise<void>;
	/** Where to save the finished place. */
	savedPlace: string;
	/** The contents of all the backend's files and its log. */
	written(): Promise<string>;
}

const KEY = /auxvyn_[0-9a-f]{60}/;
const OLD_SERVERS = 3;
const MOST_MINUTES = 60;

/** Pair, install, publish, authenticate, rotate; the old key is revoked automatically. */
export async function playStory(cast: Cast): Promise<void> {
	const { url, studio, pass, savedPlace, written } = cast;
	await pair(cast, "Connect", { label: "Production" });
	const first = await keyInPlace(studio);
	tell(`The place is published. ${OLD_SERVERS} game servers start and authenticate.`);
	const oldServers = [(await studio.publish()).server];
	while (oldServers.length < OLD_SERVERS) oldServers.push((await studio.startServer()).server);
	for (const server of oldServers) await said(studio, server, "open for Rin's workspace with key Production");

	await pair(cast, "Reconnect", { label: "Production, rotated", previousKey: "retire" });
	const second = await keyInPlace(studio);
	check(second !== first, "Reconnect put another key into the place");
	tell("The place is published again. Old servers keep using the old key; a new one uses the new key.");
	const newServer = (await studio.publish()).server;
	await said(studio, newServer, "with key Production, rotated");
	const before = (await studio.output(oldServers[0] ?? 0)).output.length;
	await pass(60);
	await said(studio, oldServers[0] ?? 0, "with key Production", before);
	await saysHome(cast, `${OLD_SERVERS} servers still on the old key`);

	tell("The old servers close, one after another.");
	for (const [index, server] of oldServers.entries()) {
		await studio.shutdown(server);
		await pass(10);
		const left = oldServers.length - 1 - index;
		await saysHome(
			cast,
			left === 0 ? "No live servers on the old key" : `${left} ${left === 1 ? "server" : "servers"} still`,
		);
	}

	tell(
		"Nothing uses the old key for half an hour. The demo does not wait that long: it sets the clocks of the backend and of Studio forward.",
	);
	const minutes = await awaitRevocation(cast);
	quote("clocks", `${minutes} minutes later`);
	await saysHome(cast, "Old key revoked: rotation done");
	await pass(60);
	await said(studio, newServer, "rotation done");
	for (const server of [...oldServers, newServer])
		check(!(await studio.output(server)).output.some((line) => line.includes("closed")), "no request was refused");

	tell("Something still sends the old key:");
	const refused = await fetch(`${url}/v1/whoami`, { headers: { authorization: `Bearer ${first}` } });
	const problem = (await refused.json()) as { code: string; detail: string };
	check(
		refused.status === 401 && problem.code === "revoked_key",
		"the next request with the old key gets 401 revoked_key",
	);
	quote("backend", `${refused.status} ${problem.code}: ${problem.detail}`);
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

async function pair(
	{ studio, rin, pass }: Cast,
	button: "Connect" | "Reconnect",
	approval: { label: string; previousKey?: "retire" },
): Promise<void> {
	const { label, previousKey } = approval;
	tell(`A developer clicks ${button} in the plugin.`);
	await studio.click(button);
	const waiting = await studio.settle();
	const code = waiting.boxes.find((box) => box.name === "UserCode")?.text ?? "";
	check(/^[A-Z]{4}-[A-Z]{4}$/.test(code), `the widget shows a code after ${button}: ${waiting.texts.join(" | ")}`);
	quote("widget", `${waiting.texts[0] ?? ""}: ${code}`);
	const seen = (await (await rin.request("GET", `/api/pairings/${code}`)).json()) as {
		reported: { placeName: string | null };
	};
	const approved = await rin.approve(code, approval);
	check(approved.status === 200, "the code can be approved in the dashboard");
	const fate = previousKey === undefined ? "" : "; the old key is to be revoked once no game server needs it";
	quote(
		"dashboard",
		`Rin approves ${code} for the place “${seen.reported.placeName ?? "unnamed"}”, as ${label}${fate}`,
	);
	await pass(2);
	const done = await waitFor("The plugin's success", async () => {
		const widget = await studio.widget();
		return widget.state === "connected" && !widget.busy && widget.texts.join(" ").includes(label) ? widget : undefined;
	});
	quote("widget", done.texts.slice(0, 3).join(" | "));
}

/** Waits until the widget's home has a line that begins so, and quotes it. */
async function saysHome({ studio, pass }: Cast, text: string): Promise<void> {
	const line = await waitFor(`“${text}” in the widget`, async () => {
		const { texts } = await studio.widget();
		const found = texts.find((each) => each.startsWith(text));
		if (found === undefined) await pass(10);
		return found;
	});
	quote("widget", line);
}

/** Lets minutes pass until the backend has revoked the old key. Returns how many. */
async function awaitRevocation({ studio, pass }: Cast): Promise<number> {
	let isSafe = false;
	for (let minute = 1; minute <= MOST_MINUTES; minute++) {
		await pass(60);
		const { texts } = await studio.widget();
		const safe = texts.find((each) => each.startsWith("Safe to revoke"));
		if (safe !== undefined && !isSafe) quote("widget", safe);
		isSafe ||= safe !== undefined;
		if (texts.some((each) => each.startsWith("Old key revoked"))) return minute;
	}
	throw new StoryError(`The old key was not revoked within ${MOST_MINUTES} minutes.`);
}

/** The only key in the open place. */
async function keyInPlace(studio: Studio): Promise<string> {
	const keys = JSON.stringify(await studio.place()).match(new RegExp(KEY, "g")) ?? [];
	check(keys.length === 1, "there is exactly one key in the place");
	return keys[0] ?? "";
}

/** Waits for a game server to print `text` after its first `skip` lines, and quotes it. */
async function said(studio: Studio, server: number, text: string, skip = 0): Promise<void> {
	const found = await waitFor(`“${text}” in the output of game server ${server}`, async () => {
		const lines = (await studio.output(server)).output.slice(skip);
		check(!lines.some((line) => KEY.test(line)), "no key is printed");
		return lines.find((line) => line.includes(text));
	});
	quote(`game server ${server}`, found);
}

function scriptsWithKeys(nodes: readonly PlaceNode[]): string[] {
	return nodes.flatMap((node) => {
		const { children, ...own } = node;
		return [...(JSON.stringify(own).search(KEY) === -1 ? [] : [node.path]), ...scriptsWithKeys(children)];
	});
}
