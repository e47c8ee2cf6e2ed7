import { KeyCheck, PlaceCard, Screen } from "../../connect/state";
import { ServerAddress } from "../../place";
import { button } from "../controls";
import { dotIcon, ringIcon, warningIcon } from "../icons";
import { card, mono, muted, plain, row, stack, strong, title } from "../parts";
import { furtherWords, serverUseWords, warningWords } from "../words/card-words";
import { failureWords, rejectionWords } from "../words/failure-words";
import { isUnknown, nextWords } from "../words/next-words";
import { iconLine, Layout, serverFooter, Ui } from "./layout";

type Of<K extends Screen["kind"]> = Extract<Screen, { kind: K }>;

const LOOPBACK_WORDS = "Only this computer reaches this server: playtests will work, published games will not.";
const UNPUBLISHED_WORDS =
	"This place is not published yet. Connect works, but publish it first to see its name in the dashboard.";

export function disconnectedScreen(ui: Ui, screen: Of<"disconnected">): Layout {
	const { theme, session } = ui;
	return {
		body: [
			title(theme, "No key in this place yet"),
			muted(theme, "Connect puts a key of your workspace into a server-side Script, where players cannot reach it."),
			screen.address.loopback && iconLine(warningIcon(theme.warning), plain(theme, LOOPBACK_WORDS)),
			!screen.published && muted(theme, UNPUBLISHED_WORDS),
			button(theme, { text: "Connect", main: true, activated: session.connect }),
		],
		footer: serverFooter(ui, screen.address),
	};
}

function checkLines(ui: Ui, check: KeyCheck, host: string): GuiObject[] {
	const { theme } = ui;
	switch (check.kind) {
		case "asking":
			return [iconLine(ringIcon(theme.accent), strong(theme, "Asking the server…"))];
		case "accepted":
			return [iconLine(dotIcon(theme.good), strong(theme, "Connected")), plain(theme, check.report.label)];
		case "rejected": {
			const words = rejectionWords(check.code, check.detail);
			const heading = iconLine(warningIcon(theme.bad), strong(theme, words.title, theme.bad));
			return [heading, muted(theme, words.text)];
		}
		case "unknown": {
			const words = failureWords(check.failure, host);
			const heading = iconLine(warningIcon(theme.warning), strong(theme, words.title, theme.warning));
			return [
				heading,
				muted(theme, words.text),
				muted(theme, "Whether the key works is not known now. It was not touched."),
			];
		}
	}
}

function keyCard(ui: Ui, placeCard: PlaceCard): Frame {
	const { theme } = ui;
	const { check, hint, address } = placeCard;
	const lines = checkLines(ui, check, address.host);
	lines.push(mono(`auxvyn_…${hint}`, theme.text));
	if (check.kind === "accepted") {
		lines.push(muted(theme, `${check.report.workspaceName} · ${serverUseWords(check.report.lastServerAt)}`));
	}
	return card(theme, lines);
}

function foreignWords(other: ServerAddress, placeCard: PlaceCard): string {
	return `This key is for ${placeCard.address.host}; the plugin is set to ${other.host}.`;
}

export function connectedScreen(ui: Ui, screen: Of<"connected">): Layout {
	const { theme, session } = ui;
	const placeCard = screen.card;
	const following = nextWords(screen);
	const { check } = placeCard;
	const buttons: TextButton[] = [];
	if (!isUnknown(check))
		buttons.push(button(theme, { text: "Reconnect", main: check.kind === "rejected", activated: session.connect }));
	if (check.kind === "unknown" || isUnknown(check))
		buttons.push(button(theme, { text: "Retry", main: true, activated: session.retry }));
	const warned = (text: string) => iconLine(warningIcon(theme.warning), plain(theme, text));
	return {
		body: [
			keyCard(ui, placeCard),
			placeCard.otherThan !== undefined && warned(foreignWords(placeCard.otherThan, placeCard)),
			placeCard.warnings.size() > 0 && stack(placeCard.warnings.map((warning) => warned(warningWords(warning)))),
			placeCard.further.size() > 0 && muted(theme, furtherWords(placeCard.further)),
			following !== undefined && stack([strong(theme, following.title), muted(theme, following.text)], 2),
			row(buttons),
			placeCard.address.loopback && check.kind !== "accepted" && muted(theme, LOOPBACK_WORDS),
			mono(placeCard.path, theme.muted),
		],
		footer: serverFooter(ui, placeCard.otherThan ?? placeCard.address),
	};
}
