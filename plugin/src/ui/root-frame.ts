import { create } from "@rbxts/vide";

import { Theme } from "../studio/theme";

/** The frame that everything is drawn in. */
export function rootFrame(theme: Theme, children: unknown): Frame {
	return create("Frame")({
		Name: "Auxvyn",
		Size: UDim2.fromScale(1, 1),
		BackgroundColor3: theme.background,
		[1]: create("UIListLayout")({}),
		[2]: children as GuiObject[],
	});
}

/** Tells whoever drives the widget from outside what it shows, and whether the plugin is at work. */
export function mark(root: Frame, state: string, busy: boolean): void {
	root.SetAttribute("State", state);
	root.SetAttribute("Busy", busy);
}
