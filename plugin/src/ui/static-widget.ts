import { cleanup, mount, source, values } from "@rbxts/vide";

import { Theme } from "../studio/theme";
import { WaitingCode } from "../studio/waiting-code";
import { renderLayout } from "./render-layout";
import { rootFrame, setRootState } from "./root-frame";
import { playtestScreen, unusableScreen } from "./screens/static";
import { followWidth } from "./width";

/** How often the code is looked for. */
const LOOK_SECONDS = 1;

/** A copy of the plugin in a playtest: shows the code that waits for approval, and does nothing. Returns an unmount function. */
export function mountPlaytestWidget(
	theme: Theme,
	target: PluginGui,
	readCode: () => WaitingCode | undefined,
): () => void {
	return mount(() => {
		cleanup(followWidth(target));
		const code = source(readCode());
		let mounted = true;
		cleanup(() => {
			mounted = false;
		});
		const look = () => {
			if (!mounted) return;
			const now = readCode();
			// The same object as long as nothing changes, so that what is selected stays so.
			if (now?.userCode !== code()?.userCode) code(now);
			task.delay(LOOK_SECONDS, look);
		};
		task.delay(LOOK_SECONDS, look);
		const root = rootFrame(
			theme,
			values(
				() => [code() ?? "none"],
				(shown) =>
					renderLayout(theme, playtestScreen(theme, typeIs(shown, "string") ? undefined : shown)) as unknown as Frame,
			),
		);
		setRootState(root, "playtest", false);
		return root;
	}, target);
}

/** A copy that was downloaded from no usable server. Returns an unmount function. */
export function mountUnusableWidget(theme: Theme, target: PluginGui): () => void {
	return mount(() => {
		cleanup(followWidth(target));
		const root = rootFrame(theme, renderLayout(theme, unusableScreen(theme)));
		setRootState(root, "unusable", false);
		return root;
	}, target);
}
