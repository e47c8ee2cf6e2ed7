import type { DrawnWidget, GuiNode } from "../../studio/draw/gui-node.ts";
import type { MeasuredWidget } from "../../studio/draw/layout-problems.ts";
import type { Painter } from "../../studio/draw/painter.ts";
import type { Theme } from "../../studio/studio-options.ts";
import { GALLERY, type Gallery, type ScreenState } from "./gallery.ts";

export interface Shown {
	state: ScreenState;
	width: number;
	height: number;
	widget: DrawnWidget;
	/** The same widget after each change of the theme, at one width. */
	themed: { theme: Theme; widget: DrawnWidget }[];
}

export const THEMES: Theme[] = ["dark", "light", "dark-of-2025", "faint"];
const WIDTHS = [220, 300, 600];
const THEMED_WIDTH = 300;
const HEIGHT = 400;

/** Draws every screen at every width, and changes the theme while it is open. */
export async function showAll(gallery: Gallery): Promise<Shown[]> {
	const all: Shown[] = [];
	for (const width of WIDTHS) {
		for (const state of GALLERY) {
			const widget = await gallery.show(state.name, width, HEIGHT);
			const themed: Shown["themed"] = [{ theme: "dark", widget }];
			for (const theme of width === THEMED_WIDTH ? ([...THEMES.slice(1), "dark"] as const) : []) {
				await gallery.studio.setTheme(theme);
				themed.push({ theme, widget: await gallery.studio.drawn() });
			}
			all.push({ state, width, height: HEIGHT, widget, themed });
		}
	}
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
