import { Approved, Screen } from "../../connect/state";
import { checkIcon, dotIcon, ringIcon, warningIcon } from "../icons";
import { card, muted, plain, progressBar, strong, title } from "../parts";
import { failureWords } from "../words/failure-words";
import { buttonFooter, iconLine, Layout, Ui } from "./layout";
import { noteCard } from "./note-card";

type Of<K extends Screen["kind"]> = Extract<Screen, { kind: K }>;

function approvedLines(ui: Ui, approved: Approved): GuiObject[] {
	const { theme } = ui;
	return [
		iconLine(checkIcon(theme.good), strong(theme, `Approved by ${approved.approvedBy}`)),
		muted(theme, `${approved.label} · ${approved.workspaceName}`),
	];
}

export function installingScreen(ui: Ui, screen: Of<"installing">): Layout {
	const { theme } = ui;
	const written = screen.step === "trying";
	return {
		body: [
			title(theme, "Putting the key in its place"),
			...approvedLines(ui, screen.approved),
			written
				? iconLine(checkIcon(theme.good), strong(theme, "Script written and read back"))
				: iconLine(ringIcon(theme.accent), strong(theme, "Writing the Script…")),
			written && iconLine(ringIcon(theme.accent), strong(theme, "Trying the key…")),
			progressBar(theme, () => (written ? 0.8 : 0.4)),
			noteCard(ui, screen.address.host),
		],
	};
}

export function confirmScreen(ui: Ui, screen: Of<"confirm">): Layout {
	const { theme, session } = ui;
	const { approved, previousWorkspace } = screen;
	const question =
		previousWorkspace === undefined
			? "The server could not be asked which workspace the key in this place belongs to. It may be another one."
			: `The key in this place belongs to ${previousWorkspace}. Replace it by one of ${approved.workspaceName}?`;
	return {
		body: [
			title(theme, "Another workspace"),
			card(theme, approvedLines(ui, approved)),
			plain(theme, question),
			muted(theme, "Nothing has been written yet."),
		],
		footer: buttonFooter(ui, [
			{ text: "Cancel", activated: session.cancel },
			{ text: "Replace", main: true, activated: session.confirm },
		]),
	};
}

export function unconfirmedScreen(ui: Ui, screen: Of<"unconfirmed">): Layout {
	const { theme, session } = ui;
	const { approved, failure, address } = screen;
	const words = failure && failureWords(failure, address.host);
	return {
		body: [
			title(theme, "Installed, not confirmed"),
			card(theme, [
				iconLine(warningIcon(theme.warning), strong(theme, words?.title ?? "No answer yet", theme.warning)),
				muted(theme, words?.text ?? `${address.host} has not said yet whether it takes the new key.`),
			]),
			iconLine(dotIcon(theme.accent), plain(theme, `The new key, ${approved.label}, is in the place and stays there.`)),
			muted(theme, "Auxvyn goes on asking by itself. Publish when it is confirmed."),
		],
		footer: buttonFooter(ui, [{ text: "Retry", main: true, activated: session.retry }]),
	};
}
