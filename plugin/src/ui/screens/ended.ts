import { ScreenOf } from "../../connect/state";
import { mono, muted, plain } from "../components";
import { endReasonText, keyInPlaceText } from "../text/outcome-text";
import { refusalText } from "../text/refusal-text";
import { buttonFooter, Layout, messageCard, stepLines, Ui } from "./layout";

export function refusedScreen(ui: Ui, screen: ScreenOf<"refused">): Layout {
	const { theme, session } = ui;
	const message = refusalText(screen.refusal);
	return {
		body: [messageCard(ui, message, theme.bad), ...stepLines(ui, message.steps ?? [])],
		footer: buttonFooter(ui, [
			{ text: "Settings", onClick: session.openSettings },
			{ text: "Check place", onClick: session.checkPlace },
			{ text: "Retry", main: true, onClick: session.retry },
		]),
	};
}

export function failedScreen(ui: Ui, screen: ScreenOf<"failed">): Layout {
	const { theme, session } = ui;
	const { reason, keyInPlace, address } = screen;
	const broken = keyInPlace === "not-restored" || keyInPlace === "new-rejected";
	return {
		body: [
			messageCard(ui, endReasonText(reason, address.host), broken ? theme.bad : theme.warning),
			broken ? plain(theme, keyInPlaceText(keyInPlace)) : muted(theme, keyInPlaceText(keyInPlace)),
			mono(address.host, theme.muted),
		],
		footer: buttonFooter(ui, [
			{ text: "Back", onClick: session.cancel },
			{ text: "Retry", main: true, onClick: session.retry },
		]),
	};
}
