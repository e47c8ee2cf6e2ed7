import { ScreenOf } from "../../connect/state";
import { muted, plain } from "../components";
import { buttonFooter, Layout, messageCard, stepLines, Ui } from "./layout";

/** Shown before a key is requested: a key handed to an untrusted Client would have to be revoked again. */
export function confirmClientScreen(ui: Ui, screen: ScreenOf<"confirm-client">): Layout {
	const { theme, session } = ui;
	const message = {
		title: "Unknown Client",
		text: `The module Client in ${screen.path} was changed or comes from another version of the plugin. It will receive the new key.`,
	};
	return {
		body: [
			messageCard(ui, message, theme.warning),
			plain(theme, "To be safe, reinstall it:"),
			...stepLines(ui, [
				"Write down the Script's options if you edited them",
				`Delete ${screen.path}`,
				"Click Connect",
			]),
			muted(
				theme,
				"Go on only if you trust this Client: Auxvyn cannot tell what it does with the key. Nothing was changed.",
			),
		],
		footer: buttonFooter(ui, [
			{ text: "Go on", onClick: session.confirm },
			{ text: "Cancel", main: true, onClick: session.cancel },
		]),
	};
}
