import { cleanup, create, source, values } from "@rbxts/vide";

import { Screen } from "../../connect/state";
import { warningIcon } from "../icons";
import { box, button, card, Color, muted, plain, strong, title } from "../parts";
import { timeLeftWords } from "../words/card-words";
import { failureWords } from "../words/failure-words";
import { buttonFooter, iconLine, Layout, Ui } from "./layout";

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

function progressBar(fraction: () => number, color: Color, track: Color): Frame {
	return create("Frame")({
		Name: "Progress",
		Size: new UDim2(1, 0, 0, 3),
		BackgroundColor3: track,
		[1]: create("Frame")({
			Name: "Done",
			Size: () => UDim2.fromScale(math.clamp(fraction(), 0, 1), 1),
			BackgroundColor3: color,
		}),
	});
}

/** What holds things up, while they go on by themselves. */
function noteCard(ui: Ui, host: string): Frame {
	const { theme, note, session } = ui;
	const retry = () => button(theme, { text: "Retry", activated: session.retry });
	const notes = () => {
		const shown = note();
		return shown === undefined ? [] : [shown];
	};
	return create("Frame")({
		Name: "Note",
		Size: UDim2.fromScale(1, 0),
		AutomaticSize: Enum.AutomaticSize.Y,
		BackgroundTransparency: 1,
		Visible: () => note() !== undefined,
		[1]: values(notes, (shown) => {
			if (shown.kind === "slow") {
				return card(theme, [
					iconLine(warningIcon(theme.warning), strong(theme, "No answer yet", theme.warning)),
					muted(
						theme,
						`${host} is slow to answer. If Studio asks whether Auxvyn may send requests there, choose Allow.`,
					),
					retry(),
				]);
			}
			const words = failureWords(shown.failure, host);
			return card(theme, [
				iconLine(warningIcon(theme.warning), strong(theme, words.title, theme.warning)),
				muted(theme, words.text),
				muted(theme, "Auxvyn goes on trying. Nothing is lost: the code stays good."),
				retry(),
			]);
		}),
	});
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
			progressBar(() => left() / screen.lifetimeSeconds, theme.accent, theme.card),
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
