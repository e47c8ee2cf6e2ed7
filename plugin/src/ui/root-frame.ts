import { create } from "@rbxts/vide";

import { Theme } from "../studio/theme";

export function rootFrame(theme: Theme, children: unknown): Frame {
	return create("Frame")({
		Name: "Auxvyn",
		Size: UDim2.fromScale(1, 1),
		BackgroundColor3: theme.background,
		[1]: create("UIListLayout")({}),
		[2]: children as GuiObject[],
	});
}

/** Exposes the state to test drivers. */
export function setRootState(root: Frame, state: string, busy: boolean): void {
	root.SetAttribute("State", state);
	root.SetAttribute("Busy", busy);
}
