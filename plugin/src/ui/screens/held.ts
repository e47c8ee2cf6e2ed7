import { Held } from "../../connect/machine/model";
import { Approved, ScreenOf } from "../../connect/state";
import { muted, plain, strong, title } from "../components";
import { ringIcon } from "../icons";
import { SMALL_SIZE } from "../metrics";
import { timeLeftText } from "../text/card-text";
import { Message } from "../text/message";
import { writeFailureText } from "../text/outcome-text";
import { countdown } from "./countdown";
import { buttonFooter, iconLine, Layout, Ui } from "./layout";

function heldText(why: Held): Message {
	if (why.kind !== "busy") return writeFailureText(why);
	return {
		title: "Stop the playtest first",
		text: "Studio allows no changes during a playtest or while another change is being recorded. Press Stop, and Auxvyn continues by itself.",
	};
}

function approvedText({ approvedBy, workspaceName }: Approved): string {
	return `Approved by ${approvedBy} for ${workspaceName}.`;
}

/** The granted key stays in hand until Studio takes it. */
export function heldScreen(ui: Ui, screen: ScreenOf<"held">): Layout {
	const { theme, session } = ui;
	const left = countdown(screen.endsAt);
	const message = heldText(screen.why);
	return {
		body: [
			title(theme, message.title),
			plain(theme, approvedText(screen.approved)),
			muted(theme, message.text),
			muted(theme, "Nothing was written. The approval remains valid: you need no new code."),
			muted(theme, () => timeLeftText(left()), { size: SMALL_SIZE }),
		],
		footer: buttonFooter(ui, [
			{ text: "Cancel", onClick: session.cancel },
			{ text: "Retry", main: true, onClick: session.retry },
		]),
	};
}

export function draftedScreen(ui: Ui, screen: ScreenOf<"drafted">): Layout {
	const { theme, session } = ui;
	const left = countdown(screen.endsAt);
	if (screen.withdrawing) {
		return { body: [iconLine(ringIcon(theme.accent), strong(theme, "Taking the key out of the draft…"))] };
	}
	return {
		body: [
			title(theme, "Commit the draft, then publish"),
			plain(theme, approvedText(screen.approved)),
			muted(
				theme,
				"Drafts mode is on, so the new key is only in the Script's draft. Commit it under View › Drafts, and Auxvyn continues by itself.",
			),
			muted(theme, "Cancel takes the new key out of the draft again."),
			muted(theme, () => timeLeftText(left()), { size: SMALL_SIZE }),
		],
		footer: buttonFooter(ui, [
			{ text: "Cancel", onClick: session.cancel },
			{ text: "Retry", main: true, onClick: session.retry },
		]),
	};
}
