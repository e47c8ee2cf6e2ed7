import { create } from "@rbxts/vide";

import { ScreenOf } from "../../connect/state";
import { muted, progressBar, title } from "../components";
import { box } from "../controls";
import { SMALL_SIZE } from "../metrics";
import { timeLeftText } from "../text/card-text";
import { rojoText, scriptSyncText } from "../text/sync-text";
import { connectionNotice } from "./connection-notice";
import { countdown } from "./countdown";
import { buttonFooter, Layout, Ui } from "./layout";

export function startingScreen(ui: Ui, screen: ScreenOf<"starting">): Layout {
	const { theme, session } = ui;
	return {
		body: [
			title(theme, "Requesting a code"),
			muted(theme, `Waiting for ${screen.address.host}…`),
			connectionNotice(ui, screen.address.host),
		],
		footer: buttonFooter(ui, [{ text: "Cancel", onClick: session.cancel }]),
	};
}

export function codeScreen(ui: Ui, screen: ScreenOf<"code">): Layout {
	const { theme, session } = ui;
	const left = countdown(screen.endsAt);
	const timeLeft = muted(theme, () => timeLeftText(left()), { size: SMALL_SIZE, align: Enum.TextXAlignment.Right });
	const waiting = muted(theme, "Waiting for approval…", { size: SMALL_SIZE });
	waiting.Size = UDim2.fromScale(0.6, 0);
	timeLeft.Size = UDim2.fromScale(0.4, 0);
	waiting.LayoutOrder = 1;
	timeLeft.LayoutOrder = 2;
	return {
		header: [
			title(theme, "Approve in your browser"),
			box(theme, { name: "UserCode", text: screen.userCode, large: true }),
		],
		body: [
			connectionNotice(ui, screen.address.host),
			muted(theme, "Open this page and compare the code:"),
			box(theme, { name: "Address", text: screen.verificationUri }),
			muted(theme, "Click a box to select its text, then copy it.", { size: SMALL_SIZE }),
			progressBar(theme, () => left() / screen.lifetimeSeconds),
			create("Frame")({
				Name: "Time",
				Size: UDim2.fromScale(1, 0),
				AutomaticSize: Enum.AutomaticSize.Y,
				BackgroundTransparency: 1,
				[1]: create("UIListLayout")({ FillDirection: Enum.FillDirection.Horizontal }),
				[2]: [waiting, timeLeft],
			}),
			muted(theme, rojoText(screen.tools), { size: SMALL_SIZE }),
			screen.tools.syncedPath !== undefined && muted(theme, scriptSyncText(screen.tools.syncedPath, false)),
		],
		footer: buttonFooter(ui, [{ text: "Cancel", onClick: session.cancel }]),
	};
}
