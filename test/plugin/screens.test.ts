import { readFileSync } from "node:fs";

import { afterAll, describe, expect, test } from "vitest";

import { colorPairs, contrast } from "../studio/draw/contrast.ts";
import type { GuiNode } from "../studio/draw/gui-node.ts";
import { isInSight, layoutProblems, type MeasuredWidget } from "../studio/draw/layout-problems.ts";
import { Painter } from "../studio/draw/painter.ts";
import { GALLERY, Gallery } from "./screens/gallery.ts";
import { LONG_PATH } from "./screens/samples.ts";
import { nodesOf, problemsOf, showAll, type Shown, THEMES, WIDTHS } from "./screens/show-all.ts";

/** The least size that Studio may give the widget. */
const SMALLEST = { width: 220, height: 240 };
/** Studio's fonts may be wider than their substitutes. */
const WIDER_TEXT = 1.1;

const gallery = await Gallery.open();
const painter = await Painter.start(1);
afterAll(async () => {
	await painter.close();
	await gallery.close();
});

const shown: Shown[] = [];
for (const width of WIDTHS) shown.push(...(await showAll(gallery, "dark", width)));
const smallest = shown.filter(({ width }) => width === SMALLEST.width).map((each) => ({ ...each, ...SMALLEST }));

/** Buttons and the code, or those with one of these names, that one has to scroll to. */
function outOfSight(widget: MeasuredWidget, names?: string[]): string[] {
	return widget.nodes
		.filter((node) => node.class === "TextButton" || node.name === "UserCode")
		.filter((node) => names === undefined || names.includes(node.name))
		.filter((node) => !isInSight(widget, node))
		.map((node) => `${node.name} is out of sight`);
}

describe("every screen of the widget", () => {
	test("has a state in the gallery", () => {
		const source = readFileSync(new URL("../../plugin/src/connect/state.ts", import.meta.url), "utf8");
		const [, union = ""] = /export type Screen =([\s\S]*?);\n\n/.exec(source) ?? [];
		const kinds = [...union.matchAll(/\{\s*kind: "([\w-]+)"/g)].map(([, kind = ""]) => kind);
		expect(kinds.length).toBeGreaterThan(8);
		const drawn = new Set(GALLERY.map((state) => state.screen.kind));
		expect(kinds.filter((kind) => !drawn.has(kind))).toEqual([]);
	});

	test("keeps texts in their boxes, boxes in their parents, and nothing overlaps", async () => {
		expect(await problemsOf(painter, [...shown, ...smallest], WIDER_TEXT, layoutProblems)).toEqual([]);
	});

	test("shows its buttons without scrolling, unless its texts are extreme", async () => {
		const list = shown.filter(({ state }) => state.hostile !== true);
		expect(await problemsOf(painter, list, 1, (widget) => outOfSight(widget))).toEqual([]);
	});

	test("shows the code and what ends the flow even in the smallest widget", async () => {
		const always = ["UserCode", "Cancel", "Replace", "Useitanyway", "Back", "Save"];
		expect(await problemsOf(painter, smallest, WIDER_TEXT, (widget) => outOfSight(widget, always))).toEqual([]);
		const codes = smallest.filter(({ widget }) => nodesOf(widget.root).some((node) => node.name === "UserCode"));
		expect(codes.length).toBeGreaterThan(2);
	});

	test.each(THEMES)("has enough contrast in the theme %s", async (theme) => {
		const themed = theme === "dark" ? shown : await showAll(gallery, theme, 300);
		const weak = themed.flatMap(({ state, widget }) =>
			colorPairs(widget.root)
				.filter((pair) => contrast(pair.color, pair.ground) < (pair.kind === "text" ? 4.5 : 3))
				.map((pair) => `${state.name}: ${pair.name} ${pair.color.join()} on ${pair.ground.join()}`),
		);
		expect(weak).toEqual([]);
	});

	test("changes its colours with Studio's theme while it is open", async () => {
		await gallery.show("code");
		const grounds: string[] = [];
		for (const theme of ["light", "dark-of-2025", "dark"] as const) {
			await gallery.studio.setTheme(theme);
			grounds.push(groundOf((await gallery.studio.drawn()).root));
		}
		expect(grounds).toEqual(["255,255,255", "25,26,31", "46,46,46"]);
	});
});

function groundOf(root: GuiNode): string {
	return String(root.children.find((child) => child.name === "Auxvyn")?.properties.BackgroundColor3);
}

describe("a path that is longer than a line", () => {
	test("breaks after its dots, and is still one text", async () => {
		await gallery.studio.resize(300, 400);
		const { root } = await gallery.show("exposed, hostile");
		const drawn = nodesOf(root).map((node) => node.properties.Text ?? "");
		expect(drawn.join("\n")).toContain("ServerScriptService.Systems.<br />");
		const { texts } = await gallery.studio.widget();
		expect(texts.filter((text) => text.startsWith(`${LONG_PATH} is in ReplicatedStorage`))).toHaveLength(1);
	});

	test("stays on one line in a widget that is wide enough", async () => {
		await gallery.studio.resize(220, 400);
		await gallery.show("changed options");
		const isBroken = async () => JSON.stringify((await gallery.studio.drawn()).root).includes(".<br />");
		expect(await isBroken()).toBe(true);
		await gallery.studio.resize(600, 400);
		expect(await isBroken()).toBe(false);
	});

	test("shows what looks like rich text as it is", async () => {
		await gallery.studio.resize(300, 400);
		await gallery.show("not restored");
		expect((await gallery.studio.widget()).texts.join("\n")).toContain(`<b>Tom & "Jerry"</b> <font size="90">`);
	});
});

describe("a button", () => {
	test.each(THEMES)("changes its colour under the mouse and when pressed, and stays readable (%s)", async (theme) => {
		await gallery.studio.setTheme(theme);
		for (const name of ["Cancel", "Replace"]) {
			await gallery.show("another workspace");
			const colors = [await colorsOf(name)];
			await gallery.studio.point(name);
			colors.push(await colorsOf(name));
			await gallery.studio.point(name, true);
			colors.push(await colorsOf(name));
			expect(new Set(colors.map(({ ground }) => ground.join())).size).toBe(3);
			for (const { text, ground } of colors) expect(contrast(text, ground)).toBeGreaterThan(4.5);
		}
	});

	async function colorsOf(name: string) {
		const button = nodesOf((await gallery.studio.drawn()).root).find((node) => node.name === name);
		const { TextColor3: text, BackgroundColor3: ground } = button?.properties ?? {};
		if (text === undefined || ground === undefined) throw new Error(`There is no button ${name}`);
		return { text, ground };
	}
});
