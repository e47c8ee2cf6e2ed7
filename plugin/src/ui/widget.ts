import { cleanup, create, mount, source, values } from "@rbxts/vide";

import { Session } from "../connect/session";
import { Screen, SessionState } from "../connect/state";
import { Theme } from "../studio/theme";
import { stack } from "./components";
import { MARGIN, SCROLL_BAR } from "./metrics";
import { rootFrame, setRootState } from "./root-frame";
import { askScreen } from "./screens/ask";
import { failedScreen, playtestScreen, refusedScreen } from "./screens/ended";
import { draftedScreen, heldScreen } from "./screens/held";
import { connectedScreen, disconnectedScreen } from "./screens/home";
import { confirmScreen, installingScreen, unconfirmedScreen } from "./screens/installing";
import { Layout, Ui } from "./screens/layout";
import { scanScreen, workingScreen } from "./screens/scan";
import { settingsScreen } from "./screens/settings";
import { codeScreen, startingScreen } from "./screens/waiting";
import { followWidth } from "./width";

function layoutFor(ui: Ui, screen: Screen): Layout {
	switch (screen.kind) {
		case "disconnected":
			return disconnectedScreen(ui, screen);
		case "connected":
			return connectedScreen(ui, screen);
		case "starting":
			return startingScreen(ui, screen);
		case "code":
			return codeScreen(ui, screen);
		case "ask":
			return askScreen(ui, screen);
		case "confirm":
			return confirmScreen(ui, screen);
		case "installing":
			return installingScreen(ui, screen);
		case "held":
			return heldScreen(ui, screen);
		case "drafted":
			return draftedScreen(ui, screen);
		case "working":
			return workingScreen(ui, screen);
		case "scan":
			return scanScreen(ui, screen);
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

/** The state's name in the root's `State` attribute. */
function stateName(screen: Screen): string {
	if (screen.kind === "code") return "waiting";
	if (screen.kind === "ask") return "confirm";
	return screen.kind === "held" && screen.why.kind === "busy" ? "playtest" : screen.kind;
}

/** `above`: the header's space takes that of the body's margin. */
function margin(above = MARGIN): UIPadding {
	return create("UIPadding")({
		PaddingLeft: new UDim(0, MARGIN),
		PaddingRight: new UDim(0, MARGIN),
		PaddingTop: new UDim(0, above),
		PaddingBottom: new UDim(0, MARGIN),
	});
}

/** Header and footer; only what is between them scrolls. */
function fixed(name: string, order: number, content: GuiObject): Frame {
	return create("Frame")({
		Name: name,
		LayoutOrder: order,
		Size: UDim2.fromScale(1, 0),
		AutomaticSize: Enum.AutomaticSize.Y,
		BackgroundTransparency: 1,
		[1]: margin(),
		[2]: content,
	});
}

function render(theme: Theme, layout: Layout): GuiObject[] {
	const { header, body, footer } = layout;
	const scrolling = create("ScrollingFrame")({
		Name: "Body",
		LayoutOrder: 2,
		Size: UDim2.fromScale(1, 0),
		AutomaticCanvasSize: Enum.AutomaticSize.Y,
		CanvasSize: UDim2.fromOffset(0, 0),
		ScrollingDirection: Enum.ScrollingDirection.Y,
		ScrollBarThickness: SCROLL_BAR,
		ScrollBarImageColor3: theme.scrollBar,
		BackgroundTransparency: 1,
		BorderSizePixel: 0,
		[1]: create("UIFlexItem")({ FlexMode: Enum.UIFlexMode.Fill }),
		[2]: margin(header && 2),
		[3]: stack(body),
	});
	const shown: GuiObject[] = [];
	if (header !== undefined) shown.push(fixed("Header", 1, stack(header)));
	shown.push(scrolling);
	if (footer !== undefined) shown.push(fixed("Footer", 3, footer));
	return shown;
}

/** Renders the session. Returns an unmount function. */
export function mountWidget(session: Session, theme: Theme, target: PluginGui): () => void {
	return mount(() => {
		cleanup(followWidth(target));
		const first = session.state();
		const screen = source(first.screen);
		const notice = source(first.notice);
		const ui: Ui = { theme, session, notice };
		const root = rootFrame(
			theme,
			values(
				() => [screen()],
				(shown) => render(theme, layoutFor(ui, shown)) as unknown as Frame,
			),
		);
		const update = (state: SessionState) => {
			setRootState(root, stateName(state.screen), state.busy);
			notice(state.notice);
			screen(state.screen);
		};
		update(first);
		session.onChange(update);
		return root;
	}, target);
}

/** The static widget of a plugin copy in a playtest. */
export function mountPlaytestWidget(theme: Theme, target: PluginGui): () => void {
	return mount(() => {
		cleanup(followWidth(target));
		const root = rootFrame(theme, render(theme, playtestScreen(theme)));
		setRootState(root, "playtest", false);
		return root;
	}, target);
}
