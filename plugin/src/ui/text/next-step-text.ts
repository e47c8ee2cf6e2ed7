import { KeyCheck, ScreenOf } from "../../connect/state";
import { Message } from "./message";

type Connected = ScreenOf<"connected">;

/** Not created by this server: the Script may have come with another developer's model. */
export function isUnknownKey(check: KeyCheck): boolean {
	return check.kind === "rejected" && check.code === "unknown_key";
}

function publishText({ card, fresh, published }: Connected, lastServerAt: string | undefined): Message | undefined {
	if (card.address.loopback) {
		return {
			title: "Next: press Play.",
			text: "Published games need a public https address: set PUBLIC_URL on the server, enter that address in Settings, and connect this place again.",
		};
	}
	if (lastServerAt !== undefined) return undefined;
	if (!published || fresh) {
		return { title: "Next: publish the place.", text: "Game servers that start after that use this key." };
	}
	return {
		title: "No game server has used this key yet.",
		text: "If you have not published the place since you connected it, do so now.",
	};
}

/** An unpublished place has no Experience Settings, so only the command bar can enable HTTP. */
function enableHttpText({ published, card }: Connected): string {
	const where =
		published || !card.address.loopback
			? "turn on File › Experience Settings › Security › Allow HTTP Requests"
			: 'run game:GetService("HttpService").HttpEnabled = true in the command bar';
	const when = published || card.address.loopback ? "Before that," : "Then";
	return `${when} ${where}: playtests and published games both need it.`;
}

/** What to do next in a place that has a key. */
export function nextStepText(screen: Connected): Message | undefined {
	const { check } = screen.card;
	if (isUnknownKey(check)) {
		return {
			title: `Next: delete ${screen.card.path}, then Connect.`,
			text: "This server did not create its key, so the Script may not be yours.",
		};
	}
	if (check.kind === "rejected") return { title: "Next: Reconnect.", text: "It puts a new key into the place." };
	if (check.kind !== "accepted") return undefined;
	const message = publishText(screen, check.report.lastServerAt);
	if (screen.httpEnabled) return message;
	if (message !== undefined) return { title: message.title, text: `${enableHttpText(screen)} ${message.text}` };
	return {
		title: "Next: allow HTTP requests.",
		text: "They are off in File › Experience Settings › Security, but playtests and published games need them.",
	};
}
