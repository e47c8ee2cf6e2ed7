import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { expect, onTestFinished, test } from "vitest";

import { generateKey } from "../../server/keys/manage/generate-key.ts";
import { type Loop, useLoops } from "../plugin/helper.ts";
import { type PlaceDescription, writePlace } from "../studio/place-file.ts";
import type { PlaceNode } from "../studio/place-node.ts";
import { caseOf, type GuardCase } from "./cases.ts";
import type { CaseNode } from "./places.ts";
import { sampleOf } from "./run-guards.ts";

const openLoop = useLoops();

const CASES = Number(process.env["GUARDS_HTTP_CASES"] ?? 9);
const SEED = Number(process.env["GUARDS_SEED"] ?? 20_261_129);
const KEY = /auxvyn_[0-9a-f]{60}/;

type Shapes = Map<string, string>;

/** The sources that need no Luau to make. */
function shapesOf(own: string): Shapes {
	const other = generateKey();
	return new Map([
		["own", own],
		["comments", `--!strict\n${own}\n--[[ mine ]]\n`],
		["apis", own.replace("apis = {}", 'apis = { "https://api.example.com" }')],
		["edited-end", `${own}\nlocal mine = 1\n`],
		["other-address", own.replace(/local ADDRESS = "[^"]+"/, 'local ADDRESS = "https://other.example.com"')],
		["no-key", own.replace(KEY, "auxvyn_")],
		["two-keys", `${own}\n-- ${other}`],
		["empty", ""],
		["foreign", "print('a game of its own')"],
	]);
}

function describe(node: CaseNode, shapes: Shapes, client: PlaceDescription): PlaceDescription {
	const { shape, client: itsClient, legitimate: _, children = [], ...rest } = node;
	const below = children.map((child) => describe(child, shapes, client));
	if (itsClient === "own") below.push(client);
	if (itsClient === "changed") below.push({ ...client, source: `${client.source ?? ""}\n-- and more` });
	return { ...rest, ...(shape !== undefined && { source: shapes.get(shape) ?? "" }), children: below };
}

function usesOnly(shapes: Shapes, node: CaseNode): boolean {
	const known = node.shape === undefined || shapes.has(node.shape);
	// A place file has nothing that is not Archivable.
	const isSaved = node.properties?.["Archivable"] !== false;
	return known && isSaved && (node.children ?? []).every((child) => usesOnly(shapes, child));
}

/** The same number of each kind of place, in random order. */
function chooseCases(shapes: Shapes): GuardCase[] {
	const all = sampleOf(CASES * 200, SEED).map(caseOf);
	const usable = all.filter((each) => each.services.every((node) => usesOnly(shapes, node)));
	const share = Math.ceil(CASES / 3);
	return (["managed", "none", "refused"] as const).flatMap((kind) =>
		usable.filter(({ expect: wanted }) => wanted === kind).slice(0, share),
	);
}

/** Each instance by its position, without what is below it. */
function positions(nodes: PlaceNode[], above = ""): Map<string, string> {
	const all = new Map<string, string>();
	for (const [index, { children, ...node }] of nodes.entries()) {
		const at = `${above}/${node.class}:${node.name}:${index}`;
		all.set(at, JSON.stringify(node));
		for (const [below, text] of positions(children, at)) all.set(below, text);
	}
	return all;
}

function withoutKey(text: string | undefined): string | undefined {
	return text?.replace(KEY, "").replace(/"AuxvynKeyId":"[^"]*",?/, "");
}

async function begin(loop: Loop, { asks }: GuardCase, button: string): Promise<string> {
	await loop.studio.click(button);
	if (asks) {
		await loop.studio.waitFor("Use it anyway");
		await loop.studio.click("Use it anyway");
	}
	const label = `Case ${randomBytes(4).toString("hex")}`;
	await loop.approve({ label });
	await loop.verified(label);
	return label;
}

async function play(
	loop: Loop,
	guardCase: GuardCase,
	expectOneMore: (before: string) => Promise<string>,
): Promise<void> {
	const before = positions(await loop.studio.place());
	const widget = await loop.studio.settle();
	const buttons = widget.buttons.map(({ name }) => name);
	if (guardCase.expect === "refused" || guardCase.otherAddress) {
		expect(widget.state).toBe("refused");
		expect(buttons).not.toEqual(expect.arrayContaining(["Connect"]));
		expect(buttons).not.toEqual(expect.arrayContaining(["Reconnect"]));
		expect(positions(await loop.studio.place())).toEqual(before);
		return;
	}
	await begin(loop, guardCase, guardCase.expect === "none" ? "Connect" : "Reconnect");
	const key = await expectOneMore([...before.values()].join("\n"));
	const after = positions(await loop.studio.place());
	const changed = [...after].filter(([at, text]) => before.get(at) !== text);
	const [own] = changed;
	expect(changed.filter(([, text]) => text.includes(key))).toHaveLength(1);
	if (guardCase.expect === "managed") {
		expect(changed).toHaveLength(1);
		expect(withoutKey(own?.[1])).toBe(withoutKey(before.get(own?.[0] ?? "")));
	} else {
		expect(changed.every(([at]) => at.includes("ServerScriptService") && at.includes("Auxvyn"))).toBe(true);
	}
	expect([...before.keys()].every((at) => after.has(at))).toBe(true);
}

test(
	"through the widget, HTTP and a pairing, the same holds, and no key is left over",
	{ timeout: 900_000 },
	async () => {
		const loop = await openLoop({ facts: "published" });
		await loop.connect();
		const first = await loop.managedScript();
		const [client] = first?.children ?? [];
		if (first?.source === undefined || client === undefined) throw new Error("The place has no managed Script.");
		const clientCopy = copyOf(client);
		const shapes = shapesOf(first.source);
		const folder = await mkdtemp(path.join(tmpdir(), "auxvyn-guards-"));
		onTestFinished(() => rm(folder, { recursive: true, force: true }));

		let known = new Set(await loop.activeKeys());
		const cases = chooseCases(shapes);
		let paired = 0;
		for (const each of cases) {
			const services = each.services.map((node) => describe(node, shapes, clientCopy));
			await loop.studio.open(await writePlace(path.join(folder, "place.rbxl"), services), { facts: "published" });
			try {
				await play(loop, each, async (before) => {
					paired += 1;
					const now = await loop.activeKeys();
					expect(now.filter((id) => !known.has(id))).toHaveLength(1);
					known = new Set(now);
					const nodes = JSON.stringify(await loop.studio.place());
					const keys = [...new Set([...nodes.matchAll(new RegExp(KEY, "g"))].map(([key]) => key))];
					const fresh = keys.filter((key) => !before.includes(key));
					expect(fresh).toHaveLength(1);
					expect((await loop.server.whoami(fresh[0] ?? "")).statusCode).toBe(200);
					return fresh[0] ?? "";
				});
			} catch (error) {
				throw new Error(`Case ${each.id}, GUARDS_SEED=${SEED}`, { cause: error });
			}
			expect(new Set(await loop.activeKeys())).toEqual(known);
		}
		expect(paired).toBeGreaterThan(CASES / 3);
		if (process.env["GUARDS_HTTP_CASES"] !== undefined) {
			console.log(
				`${cases.length} places through the widget and HTTP, ${paired} of them through a pairing: 0 keys left over`,
			);
		}
	},
);

function copyOf(node: PlaceNode): PlaceDescription {
	return { class: node.class, name: node.name, source: node.source ?? "", children: node.children.map(copyOf) };
}
