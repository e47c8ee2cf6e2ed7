import { cleanup, create, source } from "@rbxts/vide";

import { Screen } from "../../connect/state";
import { box } from "../controls";
import { muted, plain, progressBar, title } from "../parts";
import { timeLeftWords } from "../words/card-words";
import { buttonFooter, Layout, Ui } from "./layout";
import { noteCard } from "./note-card";

type Of<K extends Screen["kind"]> = Extract<Screen, { kind: K }>;

const TICK_SECONDS = 0.5;

/** Seconds until `endsAt` on `os.clock`, kept up to date for as long as the screen stands. */
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

export function startingScreen(ui: Ui, screen: Of<"starting">): Layout {
	const { theme, session } = ui;
	return {
		body: [
			title(theme, "Asking for a code"),
			muted(theme, `${screen.address.host} is about to answer.`),
			noteCard(ui, screen.address.host),
		],
		footer: buttonFooter(ui, [{ text: "Cancel", activated: session.cancel }]),
	};
}

export function codeScreen(ui: Ui, screen: Of<"code">): Layout {
	const { theme, session } = ui;
	const left = countdown(screen.endsAt);
	const timeLeft = muted(theme, () => timeLeftWords(left()), { size: 14, align: Enum.TextXAlignment.Right });
	const waiting = muted(theme, "Waiting for you…", { size: 14 });
	waiting.Size = UDim2.fromScale(0.6, 0);
	timeLeft.Size = UDim2.fromScale(0.4, 0);
	waiting.LayoutOrder = 1;
	timeLeft.LayoutOrder = 2;
	return {
		body: [
			title(theme, "Approve in your browser"),
			noteCard(ui, screen.address.host),
			muted(theme, "Open this page, and compare the code:"),
			box(theme, { name: "Address", text: screen.verificationUri }),
			box(theme, { name: "UserCode", text: screen.userCode, large: true }),
			muted(theme, "Click a box to select it, then copy.", { size: 14 }),
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
		footer: buttonFooter(ui, [{ text: "Cancel", activated: session.cancel }]),
	};
}

export function heldScreen(ui: Ui, screen: Of<"held">): Layout {
	const { theme, session } = ui;
	const left = countdown(screen.endsAt);
	return {
		body: [
			title(theme, "Stop the playtest first"),
			plain(theme, `Approved by ${screen.approved.approvedBy} for ${screen.approved.workspaceName}.`),
			muted(
				theme,
				"Studio lets nothing be written now, because a playtest is running or another change is being recorded. Nothing was written. Press Stop, and Auxvyn goes on by itself.",
			),
			muted(theme, () => timeLeftWords(left()), { size: 14 }),
		],
		footer: buttonFooter(ui, [
			{ text: "Cancel", activated: session.cancel },
			{ text: "Retry", main: true, activated: session.retry },
		]),
	};
}
