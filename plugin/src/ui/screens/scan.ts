import { ScreenOf } from "../../connect/state";
import { mono, muted, strong, title } from "../components";
import { ringIcon } from "../icons";
import { buttonFooter, iconLine, Layout, Ui } from "./layout";

const WORKING: Record<ScreenOf<"working">["action"], string> = {
	adopt: "Adopting the Script",
	update: "Updating the Script",
	"remove-copy": "Removing the copy",
	scan: "Checking the place",
};

export function workingScreen({ theme }: Ui, screen: ScreenOf<"working">): Layout {
	return { body: [iconLine(ringIcon(theme.accent), strong(theme, `${WORKING[screen.action]}…`))] };
}

export function scanScreen(ui: Ui, screen: ScreenOf<"scan">): Layout {
	const { theme, session } = ui;
	return {
		body: [
			title(theme, "Check place"),
			screen.finds.isEmpty()
				? muted(theme, "No exposed keys in this place as it is open now.")
				: muted(theme, "Keys in this place:"),
			...screen.finds.map((find) => mono(find.path, theme.text)),
		],
		footer: buttonFooter(ui, [{ text: "Back", main: true, onClick: session.cancel }]),
	};
}
