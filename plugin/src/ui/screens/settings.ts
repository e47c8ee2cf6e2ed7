import { AddressProblem, ScreenOf } from "../../connect/state";
import { label, muted, title } from "../components";
import { box, button } from "../controls";
import { warningIcon } from "../icons";
import { SMALL_SIZE } from "../metrics";
import { buttonFooter, iconLine, Layout, Ui } from "./layout";

function problemText(problem: AddressProblem): string {
	switch (problem) {
		case "malformed":
			return "This is not a server address. Enter one such as https://keys.example.com, with nothing after it.";
		case "insecure":
			return "Keys are sent only over https. Plain http works only for a server on this computer.";
		case "blocked-port":
			return "Studio does not send requests to this port. Use 443, 80, or 1024 and above, except 1194.";
	}
}

export function settingsScreen(ui: Ui, screen: ScreenOf<"settings">): Layout {
	const { theme, session } = ui;
	const { address, baked, typed, problem } = screen;
	const input = box(theme, {
		name: "ServerAddress",
		text: typed ?? address.text,
		editable: true,
		onEnter: session.saveAddress,
	});
	return {
		body: [
			title(theme, "Server"),
			muted(theme, "The Auxvyn server this plugin connects to:"),
			input,
			problem !== undefined && iconLine(warningIcon(theme.bad), label(problemText(problem), theme.bad)),
			address.text !== baked.text && button(theme, { text: "Use built-in", onClick: session.useBakedAddress }),
			muted(theme, `Built-in: ${baked.text}`, { size: SMALL_SIZE }),
			muted(theme, `Plugin version: ${ui.version}`, { size: SMALL_SIZE }),
		],
		footer: buttonFooter(ui, [
			{ text: "Cancel", onClick: session.cancel },
			{ text: "Save", main: true, onClick: () => session.saveAddress(input.Text) },
		]),
	};
}
