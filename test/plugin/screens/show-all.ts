import type { DrawnWidget, GuiNode } from "../../studio/draw/gui-node.ts";
import type { MeasuredWidget } from "../../studio/draw/layout-problems.ts";
import type { Painter } from "../../studio/draw/painter.ts";
import type { Theme } from "../../studio/studio-options.ts";
import { GALLERY, type Gallery, type ScreenState } from "./gallery.ts";

export interface Shown {
	state: ScreenState;
	theme: Theme;
	width: number;
	height: number;
	widget: DrawnWidget;
}

export const THEMES: Theme[] = ["dark", "light", "dark-of-2025", "faint"];
export const WIDTHS = [220, 300, 600];
const HEIGHT = 400;

/** Draws every screen. */
export async function showAll(gallery: Gallery, theme: Theme, width: number): Promise<Shown[]> {
	await gallery.studio.setTheme(theme);
	await gallery.studio.resize(width, HEIGHT);
	const all: Shown[] = [];
	for (const state of GALLERY)
		all.push({ state, theme, width, height: HEIGHT, widget: await gallery.show(state.name) });
	return all;
}

/** Lays all of them out, and lists what `judge` finds wrong with each. */
export async function problemsOf(
	painter: Painter,
	list: Shown[],
	fontScale: number,
	judge: (widget: MeasuredWidget) => string[],
): Promise<string[]> {
	const measured = await painter.measure(
		list.map(({ widget, width, height }) => ({ widget, options: { width, height, fontScale } })),
	);
	return measured.flatMap((widget, at) => {
		const { state, width, height } = list[at] as Shown;
		return judge(widget).map((problem) => `${state.name}, ${width} × ${height}: ${problem}`);
	});
}

/** A node and all below it. */
export function nodesOf(node: GuiNode): GuiNode[] {
	return [node, ...node.children.flatMap(nodesOf)];
}
