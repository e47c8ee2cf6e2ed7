import { cleanup, create, source } from "@rbxts/vide";

import { ScreenOf } from "../../connect/state";
import { muted, plain, progressBar, title } from "../components";
import { box } from "../controls";
import { timeLeftText } from "../text/card-text";
import { connectionNotice } from "./connection-notice";
import { buttonFooter, Layout, Ui } from "./layout";

const TICK_SECONDS = 0.5;

/** Seconds until `endsAt` (`os.clock`), updated while the screen is mounted. */
function countdown(endsAt: number): () => number {
	const left = source(endsAt - os.clock());
	let ticking = true;
	const tick = () => {
		if (!ticking) return;
		left(math.max(endsAt - os.clock(), 0));
		task.delay(TICK_SECONDS, tick);
	};
	task.delay(TICK_SECONDS, tick);
	cleanup(() => {
		ticking = false;
	});
	return left;
}

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
	const timeLeft = muted(theme, () => timeLeftText(left()), { size: 14, align: Enum.TextXAlignment.Right });
	const waiting = muted(theme, "Waiting for approval…", { size: 14 });
	waiting.Size = UDim2.fromScale(0.6, 0);
	timeLeft.Size = UDim2.fromScale(0.4, 0);
	waiting.LayoutOrder = 1;
	timeLeft.LayoutOrder = 2;
	return {
		body: [
			title(theme, "Approve in your browser"),
			connectionNotice(ui, screen.address.host),
			muted(theme, "Open this page and compare the code:"),
			box(theme, { name: "Address", text: screen.verificationUri }),
			box(theme, { name: "UserCode", text: screen.userCode, large: true }),
			muted(theme, "Click a box to select its text, then copy it.", { size: 14 }),
			progressBar(theme, () => left() / screen.lifetimeSeconds),
			create("Frame")({
				Name: "Time",
				Size: UDim2.fromScale(1, 0),
				AutomaticSize: Enum.AutomaticSize.Y,
				BackgroundTransparency: 1,
				[1]: create("UIListLayout")({ FillDirection: Enum.FillDirection.Horizontal }),
				[2]: [waiting, timeLeft],
			}),
		],
		footer: buttonFooter(ui, [{ text: "Cancel", onClick: session.cancel }]),
	};
}

export function heldScreen(ui: Ui, screen: ScreenOf<"held">): Layout {
	const { theme, session } = ui;
	const left = countdown(screen.endsAt);
	return {
		body: [
			title(theme, "Stop the playtest first"),
			plain(theme, `Approved by ${screen.approved.approvedBy} for ${screen.approved.workspaceName}.`),
			muted(
				theme,
				"Studio allows no changes during a playtest or while another change is being recorded. Nothing was written. Press Stop, and Auxvyn continues by itself.",
			),
			muted(theme, () => timeLeftText(left()), { size: 14 }),
		],
		footer: buttonFooter(ui, [
			{ text: "Cancel", onClick: session.cancel },
			{ text: "Retry", main: true, onClick: session.retry },
		]),
	};
}
