import { RunService } from "@rbxts/services";

import { createAddressBook, usableAddress } from "./connect/address-book";
import { createSession } from "./connect/session";
import { shareCode } from "./connect/share-code";
import { createPlace, ServerAddress } from "./place";
import { isHttpEnabled, sendRequest, watchHttpEnabled } from "./studio/http";
import { isPublished, readPlaceFacts } from "./studio/place-facts";
import { readPluginVersion, sendVersion } from "./studio/plugin-version";
import { createSettings } from "./studio/settings";
import { createTheme, Theme } from "./studio/theme";
import { watchVisible } from "./studio/visible";
import { createWaitingCodes } from "./studio/waiting-code";
import { mountPlaytestWidget, mountUnusableWidget } from "./ui/static-widget";
import { mountWidget } from "./ui/widget";

/** Properties missing from the types. */
interface MissingProperties {
	Title: string;
	ClickableWhenViewportHidden: boolean;
}

const WIDGET_ID = "AuxvynWidget";
const SIZE = { width: 300, height: 400, minWidth: 220, minHeight: 240 };

function createWidget(): DockWidgetPluginGui {
	const info = new DockWidgetPluginGuiInfo(
		Enum.InitialDockState.Right,
		false,
		false,
		SIZE.width,
		SIZE.height,
		SIZE.minWidth,
		SIZE.minHeight,
	);
	const widget = plugin.CreateDockWidgetPluginGuiAsync(WIDGET_ID, info);
	(widget as DockWidgetPluginGui & MissingProperties).Title = "Auxvyn";
	widget.Name = WIDGET_ID;
	widget.ZIndexBehavior = Enum.ZIndexBehavior.Sibling;
	return widget;
}

/** People can give it a shortcut, under File › Customize Shortcuts. */
function createAction(widget: DockWidgetPluginGui): void {
	const action = plugin.CreatePluginAction("AuxvynOpen", "Open Auxvyn", "Shows this place's API key");
	action.Triggered.Connect(() => {
		widget.Enabled = true;
	});
}

function createToggle(widget: DockWidgetPluginGui): void {
	const toolbar = plugin.CreateToolbar("Auxvyn");
	const toggle = toolbar.CreateButton("Auxvyn", "Connect this place to a workspace, or replace its key", "", "Auxvyn");
	(toggle as PluginToolbarButton & MissingProperties).ClickableWhenViewportHidden = true;
	toggle.Click.Connect(() => {
		widget.Enabled = !widget.Enabled;
	});
	createAction(widget);
	const update = () => toggle.SetActive(widget.Enabled);
	widget.GetPropertyChangedSignal("Enabled").Connect(update);
	update();
}

/** The address of the server this copy of the plugin was downloaded from; undefined if it cannot be used. */
function bakedAddress(): ServerAddress | undefined {
	const value = script.FindFirstChild("ServerAddress");
	const address = value?.IsA("StringValue") ? usableAddress(value.Value) : "malformed";
	return typeIs(address, "string") ? undefined : address;
}

function startEditing(widget: DockWidgetPluginGui, baked: ServerAddress): () => void {
	const theme = createTheme();
	const version = readPluginVersion(script);
	const place = createPlace(script.WaitForChild("Client"));
	const session = createSession({
		place,
		send: sendVersion(sendRequest, version),
		addresses: createAddressBook(baked, createSettings(plugin)),
		readSettings: () => ({ published: isPublished(), httpEnabled: isHttpEnabled() }),
		readReport: readPlaceFacts,
	});
	const unmount = mountWidget(session, theme, widget, version);
	const stopWatching = [
		watchVisible(widget, session.setVisible),
		place.watch(() => session.placeChanged()),
		place.onUndo(() => session.placeChanged(true)),
		watchHttpEnabled(() => session.placeChanged()),
		shareCode(session, createWaitingCodes(plugin)),
	];
	return () => {
		session.close();
		for (const stop of stopWatching) stop();
		unmount();
		theme.release();
	};
}

/** A widget without a session. */
function showStatic(mount: (theme: Theme) => () => void): () => void {
	const theme = createTheme();
	const unmount = mount(theme);
	return () => {
		unmount();
		theme.release();
	};
}

function start(widget: DockWidgetPluginGui): () => void {
	if (!RunService.IsEdit()) {
		return showStatic((theme) => mountPlaytestWidget(theme, widget, createWaitingCodes(plugin).read));
	}
	const baked = bakedAddress();
	return baked === undefined ? showStatic((theme) => mountUnusableWidget(theme, widget)) : startEditing(widget, baked);
}

const widget = createWidget();
createToggle(widget);
plugin.Unloading.Connect(start(widget));
