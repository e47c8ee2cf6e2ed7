import { Theme } from "../../studio/theme";
import { WaitingCode } from "../../studio/waiting-code";
import { muted, plain, title } from "../components";
import { box } from "../controls";
import { Layout } from "./layout";

/** `code`: what waits for approval in the copy of the plugin that edits the place. */
export function playtestScreen(theme: Theme, code: WaitingCode | undefined): Layout {
	const heading = title(theme, "Stop the playtest first");
	if (code === undefined) {
		return {
			body: [heading, muted(theme, "Auxvyn works only while you edit the place. Press Stop to return to it.")],
		};
	}
	return {
		header: [heading, box(theme, { name: "UserCode", text: code.userCode, large: true })],
		body: [
			muted(theme, "You can approve meanwhile: open this page and compare the code."),
			box(theme, { name: "Address", text: code.verificationUri }),
			muted(theme, "Auxvyn writes the key once you press Stop."),
		],
	};
}

/** The address that was built into this copy is missing, or would get keys unencrypted. */
export function unusableScreen(theme: Theme): Layout {
	return {
		body: [
			title(theme, "Download the plugin again"),
			plain(theme, "This copy was made for a server without a secure address, so it sends nothing anywhere."),
			muted(
				theme,
				"Set the server's PUBLIC_URL to its https address, or to http on this computer. Then download the plugin from your dashboard again.",
			),
		],
	};
}
