import { ScreenOf } from "../../connect/state";
import { Find } from "../../place";
import { card, mono, muted, strong, title } from "../components";
import { button, link } from "../controls";
import { checkIcon, ringIcon, warningIcon } from "../icons";
import { CHANGED_TEXT, findText, isClean, moreText, scanTitle, UNSEEN_TEXT } from "../text/find-text";
import { buttonFooter, iconLine, Layout, Ui } from "./layout";

/** More would freeze Studio while they are drawn. */
const MAX_CARDS = 50;

const WORKING: Record<ScreenOf<"working">["action"], string> = {
	adopt: "Adopting the Script",
	update: "Updating the Script",
	"remove-copy": "Removing the copy",
	scan: "Checking the place",
};

export function workingScreen(ui: Ui, screen: ScreenOf<"working">): Layout {
	const { theme, session } = ui;
	const body = [iconLine(ringIcon(theme.accent), strong(theme, `${WORKING[screen.action]}…`))];
	// Only a look can be interrupted.
	if (screen.action !== "scan") return { body };
	return { body, footer: buttonFooter(ui, [{ text: "Cancel", onClick: session.cancel }]) };
}

function findCard({ theme, session }: Ui, find: Find): Frame {
	const { title: heading, text } = findText(find);
	const isSafe = find.meaning === "safe" && !find.onDisk;
	const color = isSafe ? theme.good : find.meaning === "exposed" ? theme.bad : theme.warning;
	return card(theme, [
		iconLine(isSafe ? checkIcon(color) : warningIcon(color), strong(theme, heading, color)),
		mono(find.path, theme.text),
		link(theme, "Select", () => session.selectFind(find.id)),
		muted(theme, `auxvyn_…${find.hint}`),
		muted(theme, text),
		find.removable && button(theme, { text: "Remove copy", onClick: () => session.removeCopy(find.id) }),
	]);
}

export function scanScreen(ui: Ui, { report }: ScreenOf<"scan">): Layout {
	const { theme, session } = ui;
	const { finds, changed } = report;
	const icon = isClean(report) ? checkIcon(theme.good) : warningIcon(theme.bad);
	return {
		body: [
			iconLine(icon, title(theme, scanTitle(report))),
			changed && muted(theme, CHANGED_TEXT),
			...finds.filter((_, index) => index < MAX_CARDS).map((find) => findCard(ui, find)),
			finds.size() > MAX_CARDS && strong(theme, moreText(finds.size() - MAX_CARDS)),
			muted(theme, UNSEEN_TEXT),
		],
		footer: buttonFooter(ui, [
			{ text: "Check place", onClick: session.checkPlace },
			{ text: "Back", main: true, onClick: session.cancel },
		]),
	};
}
