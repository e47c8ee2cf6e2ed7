import { create } from "@rbxts/vide";

import { Session } from "../../connect/session";
import { Notice } from "../../connect/state";
import { ServerAddress } from "../../place";
import { Theme } from "../../studio/theme";
import { card, Child, Color, label, muted, row, strong } from "../components";
import { button, ButtonOptions, link } from "../controls";
import { warningIcon } from "../icons";
import { GAP, ICON_WIDTH, SMALL_SIZE } from "../metrics";
import { Message } from "../text/message";

/** What every screen function gets. */
export interface Ui {
	theme: Theme;
	session: Session;
	/** Can change without replacing the screen. */
	notice: () => Notice | undefined;
	/** Of the plugin. */
	version: string;
}

export interface Layout {
	/** Stays at the top, always in sight. */
	header?: Child[];
	body: Child[];
	/** Stays at the bottom. */
	footer?: GuiObject;
}

/** An icon with wrapping text next to it. */
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
			Padding: new UDim(0, GAP),
		}),
		[2]: [icon, text],
	});
}

export function messageCard(ui: Ui, message: Message, color: Color): Frame {
	const { theme } = ui;
	return card(theme, [iconLine(warningIcon(color), strong(theme, message.title, color)), muted(theme, message.text)]);
}

export function stepLines(ui: Ui, steps: string[]): GuiObject[] {
	return steps.map((step, index) => label(`${index + 1}. ${step}`, ui.theme.text));
}

/** The current server, and the link to Settings. */
export function serverFooter(ui: Ui, address: ServerAddress): Frame {
	const { theme, session } = ui;
	const settings = link(theme, "Settings", session.openSettings);
	const host = muted(theme, address.host, { size: SMALL_SIZE });
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

/** The main button goes last. */
export function buttonFooter(ui: Ui, buttons: ButtonOptions[]): Frame {
	return row(buttons.map((options) => button(ui.theme, options)));
}
