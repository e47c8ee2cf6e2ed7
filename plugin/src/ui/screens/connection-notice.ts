import { create, values } from "@rbxts/vide";

import { card, muted, strong } from "../components";
import { button } from "../controls";
import { warningIcon } from "../icons";
import { failureText } from "../text/failure-text";
import { iconLine, Ui } from "./layout";

function scriptsText(denied: boolean): string {
	return denied
		? "Studio does not let Auxvyn change scripts. Allow script injection under Plugins › Manage Plugins › Auxvyn before you approve."
		: "Studio is asking whether Auxvyn may change scripts. Choose Allow, or it cannot put the key into the place.";
}

/** Shows a slow or failing request that is being retried. */
export function connectionNotice(ui: Ui, host: string): Frame {
	const { theme, notice, session } = ui;
	const retry = () => button(theme, { text: "Retry", onClick: session.retry });
	const notices = () => {
		const current = notice();
		return current === undefined ? [] : [current];
	};
	return create("Frame")({
		Name: "Note",
		Size: UDim2.fromScale(1, 0),
		AutomaticSize: Enum.AutomaticSize.Y,
		BackgroundTransparency: 1,
		Visible: () => notice() !== undefined,
		[1]: values(notices, (current) => {
			if (current.kind === "slow") {
				return card(theme, [
					iconLine(warningIcon(theme.warning), strong(theme, "No response yet", theme.warning)),
					muted(
						theme,
						`${host} is slow to respond. If Studio asks whether Auxvyn may send requests to it, choose Allow.`,
					),
					retry(),
				]);
			}
			if (current.kind === "scripts") {
				return card(theme, [
					iconLine(warningIcon(theme.warning), strong(theme, "Studio asks about scripts", theme.warning)),
					muted(theme, scriptsText(current.denied)),
				]);
			}
			const message = failureText(current.failure, host);
			return card(theme, [
				iconLine(warningIcon(theme.warning), strong(theme, message.title, theme.warning)),
				muted(theme, message.text),
				muted(theme, "Still trying. The code remains valid."),
				retry(),
			]);
		}),
	});
}
