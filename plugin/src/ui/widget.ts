import { create, mount, source, values } from "@rbxts/vide";

import { Session } from "../connect/session";
import { Screen, SessionState } from "../connect/state";
import { Theme } from "../studio/theme";
import { stack } from "./parts";
import { mark, rootFrame } from "./root-frame";
import { confirmClientScreen } from "./screens/confirm-client";
import { failedScreen, playtestScreen, refusedScreen } from "./screens/ended";
import { connectedScreen, disconnectedScreen } from "./screens/home";
import { confirmScreen, installingScreen, unconfirmedScreen } from "./screens/installing";
import { Layout, Ui } from "./screens/layout";
import { settingsScreen } from "./screens/settings";
import { codeScreen, heldScreen, startingScreen } from "./screens/waiting";

const MARGIN = 14;

function layoutOf(ui: Ui, screen: Screen): Layout {
	switch (screen.kind) {
		case "disconnected":
			return disconnectedScreen(ui, screen);
		case "connected":
			return connectedScreen(ui, screen);
		case "starting":
			return startingScreen(ui, screen);
		case "code":
			return codeScreen(ui, screen);
		case "confirm-client":
			return confirmClientScreen(ui, screen);
		case "confirm":
			return confirmScreen(ui, screen);
		case "installing":
			return installingScreen(ui, screen);
		case "held":
			return heldScreen(ui, screen);
		case "unconfirmed":
			return unconfirmedScreen(ui, screen);
		case "refused":
			return refusedScreen(ui, screen);
		case "failed":
			return failedScreen(ui, screen);
		case "settings":
			return settingsScreen(ui, screen);
	}
}

/** The widget's state, as its root tells it to whoever drives it from outside. */
function stateName(screen: Screen): string {
	if (screen.kind === "code") return "waiting";
	if (screen.kind === "confirm-client") return "confirm";
	return screen.kind === "held" ? "playtest" : screen.kind;
}

function pages(layout: Layout): GuiObject[] {
	const margin = () =>
		create("UIPadding")({
			PaddingLeft: new UDim(0, MARGIN),
			PaddingRight: new UDim(0, MARGIN),
			PaddingTop: new UDim(0, MARGIN),
			PaddingBottom: new UDim(0, MARGIN),
		});
	const body = create("ScrollingFrame")({
		Name: "Body",
		LayoutOrder: 1,
		Size: UDim2.fromScale(1, 0),
		AutomaticCanvasSize: Enum.AutomaticSize.Y,
		CanvasSize: UDim2.fromOffset(0, 0),
		ScrollingDirection: Enum.ScrollingDirection.Y,
		ScrollBarThickness: 6,
		BackgroundTransparency: 1,
		[1]: create("UIFlexItem")({ FlexMode: Enum.UIFlexMode.Fill }),
		[2]: margin(),
		[3]: stack(layout.body),
	});
	if (layout.footer === undefined) return [body];
	const footer = create("Frame")({
		Name: "Footer",
		LayoutOrder: 2,
		Size: UDim2.fromScale(1, 0),
		AutomaticSize: Enum.AutomaticSize.Y,
		BackgroundTransparency: 1,
		[1]: margin(),
		[2]: layout.footer,
	});
	return [body, footer];
}

/** Draws what the session shows, and follows it. Returns how to take it down. */
export function mountWidget(session: Session, theme: Theme, target: Instance): () => void {
	return mount(() => {
		const first = session.state();
		const screen = source(first.screen);
		const note = source(first.note);
		const ui: Ui = { theme, session, note };
		const root = rootFrame(
			theme,
			values(
				() => [screen()],
				(shown) => pages(layoutOf(ui, shown)) as unknown as Frame,
			),
		);
		const follow = (state: SessionState) => {
			mark(root, stateName(state.screen), state.busy);
			note(state.note);
			screen(state.screen);
		};
		follow(first);
		session.onChange(follow);
		return root;
	}, target);
}

/** A copy of the plugin in a playtest: one sentence, and nothing behind it. */
export function mountPlaytestWidget(theme: Theme, target: Instance): () => void {
	return mount(() => {
		const root = rootFrame(theme, pages(playtestScreen(theme)));
		mark(root, "playtest", false);
		return root;
	}, target);
}
