import { create, values } from "@rbxts/vide";

import { button } from "../controls";
import { warningIcon } from "../icons";
import { card, muted, strong } from "../parts";
import { failureWords } from "../words/failure-words";
import { iconLine, Ui } from "./layout";

/** What holds things up, while they go on by themselves. */
export function noteCard(ui: Ui, host: string): Frame {
	const { theme, note, session } = ui;
	const retry = () => button(theme, { text: "Retry", activated: session.retry });
	const notes = () => {
		const shown = note();
		return shown === undefined ? [] : [shown];
	};
	return create("Frame")({
		Name: "Note",
		Size: UDim2.fromScale(1, 0),
		AutomaticSize: Enum.AutomaticSize.Y,
		BackgroundTransparency: 1,
		Visible: () => note() !== undefined,
		[1]: values(notes, (shown) => {
			if (shown.kind === "slow") {
				return card(theme, [
					iconLine(warningIcon(theme.warning), strong(theme, "No answer yet", theme.warning)),
					muted(
						theme,
						`${host} is slow to answer. If Studio asks whether Auxvyn may send requests there, choose Allow.`,
					),
					retry(),
				]);
			}
			const words = failureWords(shown.failure, host);
			return card(theme, [
				iconLine(warningIcon(theme.warning), strong(theme, words.title, theme.warning)),
				muted(theme, words.text),
				muted(theme, "Still trying. The code stays good."),
				retry(),
			]);
		}),
	});
}
