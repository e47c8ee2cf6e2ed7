import { KeyCheck, PlaceCard, ScreenOf } from "../../connect/state";
import { ScanReport, SyncTools } from "../../place";
import { card, Child, mono, muted, plain, row, stack, strong, title } from "../components";
import { box, button } from "../controls";
import { checkIcon, dotIcon, ringIcon, warningIcon } from "../icons";
import { askText } from "../text/ask-text";
import { lastServerText, warningText } from "../text/card-text";
import { failureText, rejectionText } from "../text/failure-text";
import { isClean, scanTitle, UNSEEN_TEXT } from "../text/find-text";
import { isUnknownKey, nextStepText } from "../text/next-step-text";
import { RotationText, rotationText } from "../text/rotation-text";
import { REMOVED_TEXT, rojoText, scriptSyncText } from "../text/sync-text";
import { iconLine, Layout, serverFooter, Ui } from "./layout";

const LOOPBACK_TEXT = "Only this computer can reach this server: playtests will work, published games will not.";
const UNPUBLISHED_TEXT =
	"This place is not published yet. Connect works, but publish it first to see its name in the dashboard.";

/** Before an install. */
function toolLines({ theme }: Ui, tools: SyncTools): GuiObject[] {
	const text = rojoText(tools);
	const lines: GuiObject[] = [
		tools.rojo ? iconLine(warningIcon(theme.warning), plain(theme, text)) : muted(theme, text),
	];
	if (tools.syncedPath !== undefined) {
		lines.push(iconLine(warningIcon(theme.warning), plain(theme, scriptSyncText(tools.syncedPath, false))));
	}
	return lines;
}

/** What the look through the whole place after an install has found. */
function scanLines({ theme }: Ui, report: ScanReport): GuiObject[] {
	if (!isClean(report)) {
		return [iconLine(warningIcon(theme.bad), plain(theme, `${scanTitle(report)}: click Check place.`))];
	}
	return [iconLine(checkIcon(theme.good), plain(theme, scanTitle(report))), muted(theme, UNSEEN_TEXT)];
}

export function disconnectedScreen(ui: Ui, screen: ScreenOf<"disconnected">): Layout {
	const { theme, session } = ui;
	return {
		body: [
			title(theme, "No key in this place yet"),
			screen.removed && iconLine(warningIcon(theme.warning), plain(theme, REMOVED_TEXT)),
			muted(theme, "Connect puts a key from your workspace into a server-side Script, where players cannot read it."),
			screen.address.loopback && iconLine(warningIcon(theme.warning), plain(theme, LOOPBACK_TEXT)),
			!screen.published && muted(theme, UNPUBLISHED_TEXT),
			row([
				button(theme, { text: "Connect", main: true, onClick: session.connect }),
				button(theme, { text: "Check place", onClick: session.checkPlace }),
			]),
			...toolLines(ui, screen.tools),
		],
		footer: serverFooter(ui, screen.address),
	};
}

function checkLines(ui: Ui, check: KeyCheck, host: string): GuiObject[] {
	const { theme } = ui;
	switch (check.kind) {
		case "checking":
			return [iconLine(ringIcon(theme.accent), strong(theme, "Checking the key…"))];
		case "accepted":
			return [iconLine(dotIcon(theme.good), strong(theme, "Connected")), plain(theme, check.report.label)];
		case "rejected": {
			const message = rejectionText(check.code, check.detail);
			const heading = iconLine(warningIcon(theme.bad), strong(theme, message.title, theme.bad));
			return [heading, muted(theme, message.text)];
		}
		case "unknown": {
			const message = failureText(check.failure, host);
			const heading = iconLine(warningIcon(theme.warning), strong(theme, message.title, theme.warning));
			return [
				heading,
				muted(theme, message.text),
				muted(theme, "Auxvyn cannot tell whether the key works. It was not changed."),
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
		lines.push(muted(theme, `${check.report.workspaceName} · ${lastServerText(check.report.lastServerAt)}`));
	}
	return card(theme, lines);
}

function rotationOf({ check }: PlaceCard): RotationText | undefined {
	const replaced = check.kind === "accepted" ? check.report.replaces : undefined;
	return replaced && rotationText(replaced, DateTime.now().UnixTimestamp);
}

/** How far the old key is. */
function rotationLine({ theme }: Ui, { kind, text }: RotationText): Frame {
	const icons = {
		waiting: () => ringIcon(theme.accent),
		asking: () => warningIcon(theme.warning),
		good: () => checkIcon(theme.good),
	};
	return iconLine(icons[kind](), plain(theme, text));
}

/** Where the old key can be revoked. */
function oldKeyPage({ theme }: Ui, { check, address }: PlaceCard): Child {
	if (check.kind !== "accepted" || check.report.replaces === undefined) return false;
	const { workspaceId, replaces } = check.report;
	const page = `${address.text}/workspaces/${workspaceId}/keys/${replaces.id}`;
	return stack([muted(theme, "The old key in the dashboard:"), box(theme, { name: "Address", text: page })], 4);
}

export function connectedScreen(ui: Ui, screen: ScreenOf<"connected">): Layout {
	const { theme, session } = ui;
	const placeCard = screen.card;
	const nextStep = nextStepText(screen);
	const rotation = rotationOf(placeCard);
	const { check } = placeCard;
	const buttons: TextButton[] = [];
	if (!isUnknownKey(check))
		buttons.push(button(theme, { text: "Reconnect", main: check.kind === "rejected", onClick: session.connect }));
	if (check.kind === "unknown" || isUnknownKey(check))
		buttons.push(button(theme, { text: "Retry", main: true, onClick: session.retry }));
	if (placeCard.adoptable) buttons.push(button(theme, { text: "Adopt", onClick: session.adopt }));
	if (placeCard.updatable) buttons.push(button(theme, { text: "Update", onClick: session.update }));
	const checkPlace = button(theme, { text: "Check place", onClick: session.checkPlace });
	// More than two are too narrow for their texts.
	const besides = buttons.size() < 2;
	if (besides) buttons.push(checkPlace);
	const warned = (text: string) => iconLine(warningIcon(theme.warning), plain(theme, text));
	return {
		body: [
			keyCard(ui, placeCard),
			rotation !== undefined && rotationLine(ui, rotation),
			row(buttons),
			!besides && checkPlace,
			rotation?.inDashboard === true && oldKeyPage(ui, placeCard),
			nextStep !== undefined && stack([strong(theme, nextStep.title), muted(theme, nextStep.text)], 2),
			screen.tools.syncedPath !== undefined && warned(scriptSyncText(screen.tools.syncedPath, true)),
			screen.report !== undefined && stack(scanLines(ui, screen.report), 4),
			placeCard.warnings.size() > 0 &&
				stack(placeCard.warnings.map((warning) => warned(warningText(warning, placeCard.updatable)))),
			placeCard.asks.size() > 0 && stack(placeCard.asks.map((ask) => warned(askText(ask)))),
			placeCard.address.loopback && check.kind !== "accepted" && muted(theme, LOOPBACK_TEXT),
			mono(placeCard.path, theme.muted),
		],
		footer: serverFooter(ui, placeCard.address),
	};
}
