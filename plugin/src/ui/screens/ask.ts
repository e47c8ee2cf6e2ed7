import { ScreenOf } from "../../connect/state";
import { muted, plain } from "../components";
import { button } from "../controls";
import { askText } from "../text/ask-text";
import { buttonFooter, Layout, messageCard, Ui } from "./layout";

/** Shown before a key is requested: a key handed to foreign code would have to be revoked again. */
export function askScreen(ui: Ui, screen: ScreenOf<"ask">): Layout {
	const { theme, session } = ui;
	const message = {
		title: "Not Auxvyn's own",
		text: `${screen.path} has something that Auxvyn did not write:`,
	};
	const consequence =
		screen.then === "reconnect"
			? "It will have the new key. Auxvyn cannot tell what it does with it."
			: "Update replaces Auxvyn's own code only, and cannot tell what the rest does with the key.";
	return {
		body: [
			messageCard(ui, message, theme.warning),
			...screen.asks.map((ask) => plain(theme, askText(ask))),
			button(theme, { text: "Show in Explorer", onClick: session.select }),
			muted(theme, `${consequence} Go on only if you trust it. Nothing was changed.`),
		],
		footer: buttonFooter(ui, [
			{ text: "Use it anyway", onClick: session.confirm },
			{ text: "Cancel", main: true, onClick: session.cancel },
		]),
	};
}
