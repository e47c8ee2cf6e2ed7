import { RunService } from "@rbxts/services";

import { createAddressBook } from "./connect/address-book";
import { createSession } from "./connect/session";
import { createPlace, parseServerAddress } from "./place";
import { isHttpEnabled, sendRequest } from "./studio/http";
import { isPublished, readPlaceFacts } from "./studio/place-facts";
import { createSettings } from "./studio/settings";
import { createTheme } from "./studio/theme";
import { mountPlaytestWidget, mountWidget } from "./ui/widget";

/** Properties that Studio has, and the types have not. */
interface Untyped {
	Title: string;
	ClickableWhenViewportHidden: boolean;
}

const WIDGET_ID = "AuxvynWidget";
const SIZE = { width: 300, height: 400, leastWidth: 220, leastHeight: 240 };

function createWidget(): DockWidgetPluginGui {
	const info = new DockWidgetPluginGuiInfo(
		Enum.InitialDockState.Right,
		false,
		false,
		SIZE.width,
		SIZE.height,
		SIZE.leastWidth,
		SIZE.leastHeight,
	);
	const widget = plugin.CreateDockWidgetPluginGuiAsync(WIDGET_ID, info);
	(widget as DockWidgetPluginGui & Untyped).Title = "Auxvyn";
	widget.Name = WIDGET_ID;
	return widget;
}

function createToggle(widget: DockWidgetPluginGui): void {
	const toolbar = plugin.CreateToolbar("Auxvyn");
	const toggle = toolbar.CreateButton("Auxvyn", "Connect this place to a workspace, or replace its key", "", "Auxvyn");
	(toggle as PluginToolbarButton & Untyped).ClickableWhenViewportHidden = true;
	toggle.Click.Connect(() => {
		widget.Enabled = !widget.Enabled;
	});
	const follow = () => toggle.SetActive(widget.Enabled);
	widget.GetPropertyChangedSignal("Enabled").Connect(follow);
	follow();
}

/** The server that this copy of the plugin was handed out by. */
function bakedAddress() {
	const value = script.FindFirstChild("ServerAddress");
	const address = value?.IsA("StringValue") ? parseServerAddress(value.Value) : undefined;
	assert(address, "This copy of the Auxvyn plugin names no server: download it again from your dashboard.");
	return address;
}

function startEditing(widget: DockWidgetPluginGui): () => void {
	const theme = createTheme();
	const place = createPlace(script.WaitForChild("Client"));
	const session = createSession({
		place,
		send: sendRequest,
		addresses: createAddressBook(bakedAddress(), createSettings(plugin)),
		readSettings: () => ({ published: isPublished(), httpEnabled: isHttpEnabled() }),
		readReport: readPlaceFacts,
	});
	const unmount = mountWidget(session, theme, widget);
	const look = () => {
		if (widget.Enabled) session.refresh();
	};
	const shown = widget.GetPropertyChangedSignal("Enabled").Connect(look);
	const stopUndo = place.onUndo(look);
	look();
	return () => {
		session.close();
		place.release();
		shown.Disconnect();
		stopUndo();
		unmount();
		theme.release();
	};
}

function showPlaytest(widget: DockWidgetPluginGui): () => void {
	const theme = createTheme();
	const unmount = mountPlaytestWidget(theme, widget);
	return () => {
		unmount();
		theme.release();
	};
}

const widget = createWidget();
createToggle(widget);
const release = RunService.IsEdit() ? startEditing(widget) : showPlaytest(widget);
plugin.Unloading.Connect(release);
