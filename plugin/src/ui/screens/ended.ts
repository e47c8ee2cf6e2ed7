import { Screen } from "../../connect/state";
import { Theme } from "../../studio/theme";
import { mono, muted, plain, title } from "../parts";
import { endWords, keyInPlaceWords } from "../words/end-words";
import { refusalWords } from "../words/refusal-words";
import { buttonFooter, Layout, stepLines, Ui, wordsCard } from "./layout";

type Of<K extends Screen["kind"]> = Extract<Screen, { kind: K }>;

export function refusedScreen(ui: Ui, screen: Of<"refused">): Layout {
	const { theme, session } = ui;
	const words = refusalWords(screen.refusal);
	return {
		body: [wordsCard(ui, words, theme.bad), ...stepLines(ui, words.steps ?? [])],
		footer: buttonFooter(ui, [
			{ text: "Settings", activated: session.openSettings },
			{ text: "Retry", main: true, activated: session.retry },
		]),
	};
}

export function failedScreen(ui: Ui, screen: Of<"failed">): Layout {
	const { theme, session } = ui;
	const { reason, keyInPlace, address } = screen;
	const lost = keyInPlace === "disturbed" || keyInPlace === "new-refused";
	return {
		body: [
			wordsCard(ui, endWords(reason, address.host), lost ? theme.bad : theme.warning),
			lost ? plain(theme, keyInPlaceWords(keyInPlace)) : muted(theme, keyInPlaceWords(keyInPlace)),
			mono(address.host, theme.muted),
		],
		footer: buttonFooter(ui, [
			{ text: "Back", activated: session.cancel },
			{ text: "Retry", main: true, activated: session.retry },
		]),
	};
}

export function playtestScreen(theme: Theme): Layout {
	return {
		body: [
			title(theme, "Stop the playtest first"),
			muted(theme, "Auxvyn changes places only while you edit. Press Stop, and this comes back by itself."),
		],
	};
}
