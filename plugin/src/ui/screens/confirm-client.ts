import { Screen } from "../../connect/state";
import { muted, plain } from "../parts";
import { buttonFooter, Layout, stepLines, Ui, wordsCard } from "./layout";

/** Asked before anything begins: a key that was made for a Client of unknown doings would have to be revoked again. */
export function confirmClientScreen(ui: Ui, screen: Extract<Screen, { kind: "confirm-client" }>): Layout {
	const { theme, session } = ui;
	const words = {
		title: "Not this plugin's Client",
		text: `The module Client in ${screen.path} was changed or is of another version. Whatever it does, it gets the new key.`,
	};
	return {
		body: [
			wordsCard(ui, words, theme.warning),
			plain(theme, "To be safe, put this plugin's own in its place:"),
			...stepLines(ui, ["Note the options in the Script, if you edited them", `Delete ${screen.path}`, "Connect"]),
			muted(
				theme,
				"Go on only if you know where this Client comes from: no look at an edited Script can prove it safe. Nothing was changed.",
			),
		],
		footer: buttonFooter(ui, [
			{ text: "Go on", activated: session.confirm },
			{ text: "Cancel", main: true, activated: session.cancel },
		]),
	};
}
