import { create } from "@rbxts/vide";

import { Session } from "../../connect/session";
import { Note } from "../../connect/state";
import { ServerAddress } from "../../place";
import { Theme } from "../../studio/theme";
import { button, ButtonOptions, link } from "../controls";
import { warningIcon } from "../icons";
import { card, Color, label, muted, Part, row, strong } from "../parts";
import { Words } from "../words/words";

/** What a screen is drawn with. */
export interface Ui {
	theme: Theme;
	session: Session;
	/** Trouble that comes and goes while a screen stays. */
	note: () => Note | undefined;
}

export interface Layout {
	body: Part[];
	/** Stays at the bottom. */
	footer?: GuiObject;
}

const ICON_WIDTH = 24;

/** An icon with text beside it, which wraps. */
export function iconLine(icon: Frame, text: GuiObject): Frame {
	text.Size = new UDim2(1, -ICON_WIDTH, 0, 0);
	text.LayoutOrder = 2;
	icon.LayoutOrder = 1;
	return create("Frame")({
		Name: "Line",
		Size: UDim2.fromScale(1, 0),
		AutomaticSize: Enum.AutomaticSize.Y,
		BackgroundTransparency: 1,
		[1]: create("UIListLayout")({
			FillDirection: Enum.FillDirection.Horizontal,
			Padding: new UDim(0, ICON_WIDTH - 16),
		}),
		[2]: [icon, text],
	});
}

export function wordsCard(ui: Ui, words: Words, color: Color): Frame {
	const { theme } = ui;
	return card(theme, [iconLine(warningIcon(color), strong(theme, words.title, color)), muted(theme, words.text)]);
}

/** Numbered, as people follow them. */
export function stepLines(ui: Ui, steps: string[]): GuiObject[] {
	return steps.map((step, index) => label(`${index + 1}. ${step}`, ui.theme.text));
}

/** The server that the plugin speaks to, and the way to another one. */
export function serverFooter(ui: Ui, address: ServerAddress): Frame {
	const { theme, session } = ui;
	const settings = link(theme, "Settings", session.openSettings);
	const host = muted(theme, address.host, { size: 14 });
	host.Size = new UDim2(1, -70, 0, 0);
	host.LayoutOrder = 1;
	settings.LayoutOrder = 2;
	return create("Frame")({
		Name: "Server",
		Size: UDim2.fromScale(1, 0),
		AutomaticSize: Enum.AutomaticSize.Y,
		BackgroundTransparency: 1,
		[1]: create("UIListLayout")({
			FillDirection: Enum.FillDirection.Horizontal,
			HorizontalFlex: Enum.UIFlexAlignment.SpaceBetween,
			VerticalAlignment: Enum.VerticalAlignment.Center,
		}),
		[2]: [host, settings],
	});
}

/** The ways on, the main one at the right. */
export function buttonFooter(ui: Ui, buttons: ButtonOptions[]): Frame {
	return row(buttons.map((options) => button(ui.theme, options)));
}
