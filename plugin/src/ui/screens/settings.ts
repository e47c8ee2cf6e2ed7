import { AddressProblem, Screen } from "../../connect/state";
import { box, button } from "../controls";
import { warningIcon } from "../icons";
import { label, muted, title } from "../parts";
import { buttonFooter, iconLine, Layout, Ui } from "./layout";

type Of<K extends Screen["kind"]> = Extract<Screen, { kind: K }>;

function problemWords(problem: AddressProblem): string {
	switch (problem) {
		case "malformed":
			return "That is not an address. Enter scheme and host, such as https://keys.example.com, without a path.";
		case "insecure":
			return "Keys travel only over https. Plain http is for a server on this computer.";
		case "blocked-port":
			return "Studio does not send requests to this port: use 443, 80, or one from 1024 up (1194 is blocked too).";
	}
}

export function settingsScreen(ui: Ui, screen: Of<"settings">): Layout {
	const { theme, session } = ui;
	const { address, baked, typed, problem } = screen;
	const input = box(theme, {
		name: "ServerAddress",
		text: typed ?? address.text,
		editable: true,
		entered: session.saveAddress,
	});
	return {
		body: [
			title(theme, "Server"),
			muted(theme, "The Auxvyn server that this plugin asks for keys:"),
			input,
			problem !== undefined && iconLine(warningIcon(theme.bad), label(problemWords(problem), theme.bad)),
			address.text !== baked.text && button(theme, { text: "Use built-in", activated: session.useBakedAddress }),
			muted(theme, `Built in: ${baked.text}`, { size: 14 }),
		],
		footer: buttonFooter(ui, [
			{ text: "Cancel", activated: session.cancel },
			{ text: "Save", main: true, activated: () => session.saveAddress(input.Text) },
		]),
	};
}
