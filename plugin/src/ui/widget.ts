import { cleanup, mount, source, values } from "@rbxts/vide";

import { Session } from "../connect/session";
import { Screen, SessionState } from "../connect/state";
import { Theme } from "../studio/theme";
import { renderLayout } from "./render-layout";
import { rootFrame, setRootState } from "./root-frame";
import { askScreen } from "./screens/ask";
import { failedScreen, refusedScreen } from "./screens/ended";
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

/** Renders the session. Returns an unmount function. */
export function mountWidget(session: Session, theme: Theme, target: PluginGui, version: string): () => void {
	return mount(() => {
		cleanup(followWidth(target));
		const first = session.state();
		const screen = source(first.screen);
		const notice = source(first.notice);
		const ui: Ui = { theme, session, notice, version };
		const root = rootFrame(
			theme,
			values(
				() => [screen()],
				(shown) => renderLayout(theme, layoutFor(ui, shown)) as unknown as Frame,
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
