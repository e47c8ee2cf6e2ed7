import { Approved, ScreenOf } from "../../connect/state";
import { card, muted, plain, progressBar, strong, title } from "../components";
import { checkIcon, dotIcon, ringIcon, warningIcon } from "../icons";
import { SMALL_SIZE } from "../metrics";
import { failureText } from "../text/failure-text";
import { rojoText, scriptSyncText } from "../text/sync-text";
import { connectionNotice } from "./connection-notice";
import { buttonFooter, iconLine, Layout, Ui } from "./layout";

function approvedLines(ui: Ui, approved: Approved): GuiObject[] {
	const { theme } = ui;
	return [
		iconLine(checkIcon(theme.good), strong(theme, `Approved by ${approved.approvedBy}`)),
		muted(theme, `${approved.label} · ${approved.workspaceName}`),
	];
}

export function installingScreen(ui: Ui, screen: ScreenOf<"installing">): Layout {
	const { theme } = ui;
	const written = screen.step === "verifying";
	return {
		body: [
			title(theme, "Installing the key"),
			...approvedLines(ui, screen.approved),
			written
				? iconLine(checkIcon(theme.good), strong(theme, "Script written"))
				: iconLine(ringIcon(theme.accent), strong(theme, "Writing the Script…")),
			written && iconLine(ringIcon(theme.accent), strong(theme, "Verifying the key…")),
			progressBar(theme, () => (written ? 0.8 : 0.4)),
			connectionNotice(ui, screen.address.host),
		],
	};
}

export function confirmScreen(ui: Ui, screen: ScreenOf<"confirm">): Layout {
	const { theme, session } = ui;
	const { approved, previousWorkspace, tools } = screen;
	const question =
		previousWorkspace === undefined
			? "Could not check which workspace the key in this place belongs to. It may be another one."
			: `The key in this place belongs to ${previousWorkspace}. Replace it with one from ${approved.workspaceName}?`;
	return {
		body: [
			title(theme, "Another workspace"),
			card(theme, approvedLines(ui, approved)),
			plain(theme, question),
			muted(theme, "Nothing has been written yet."),
			muted(theme, rojoText(tools), { size: SMALL_SIZE }),
			tools.syncedPath !== undefined && muted(theme, scriptSyncText(tools.syncedPath, true)),
		],
		footer: buttonFooter(ui, [
			{ text: "Cancel", onClick: session.cancel },
			{ text: "Replace", main: true, onClick: session.confirm },
		]),
	};
}

export function unconfirmedScreen(ui: Ui, screen: ScreenOf<"unconfirmed">): Layout {
	const { theme, session } = ui;
	const { approved, failure, address } = screen;
	const message = failure && failureText(failure, address.host);
	return {
		body: [
			title(theme, "Installed, not confirmed"),
			card(theme, [
				iconLine(warningIcon(theme.warning), strong(theme, message?.title ?? "No response yet", theme.warning)),
				muted(theme, message?.text ?? `${address.host} has not confirmed the new key yet.`),
			]),
			iconLine(dotIcon(theme.accent), plain(theme, `The new key, ${approved.label}, is in the place and stays there.`)),
			muted(theme, "Auxvyn keeps retrying. Publish once the key is confirmed."),
		],
		footer: buttonFooter(ui, [{ text: "Retry", main: true, onClick: session.retry }]),
	};
}
