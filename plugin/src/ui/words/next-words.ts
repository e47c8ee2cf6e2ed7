import { KeyCheck, Screen } from "../../connect/state";
import { Words } from "./words";

type Connected = Extract<Screen, { kind: "connected" }>;

/** A key that this server never made: its Script may have come with somebody else's model. */
export function isUnknown(check: KeyCheck): boolean {
	return check.kind === "rejected" && check.code === "unknown_key";
}

function afterwards({ card, fresh, published }: Connected, lastServerAt: string | undefined): Words | undefined {
	if (card.address.loopback) {
		return {
			title: "Next: press Play.",
			text: "For published games, the server needs a public https address (PUBLIC_URL).",
		};
	}
	if (!published || fresh) {
		return { title: "Next: publish the place.", text: "Servers that start after that use this key." };
	}
	if (lastServerAt === undefined) {
		return {
			title: "No game server has used this key yet.",
			text: "If you have not published the place since, do that now.",
		};
	}
	return undefined;
}

/** Experience Settings come with an experience, so a place that was never published has the command bar only. */
function httpWords({ published, card }: Connected): string {
	const where =
		published || !card.address.loopback
			? "turn on File › Experience Settings › Security › Allow HTTP Requests"
			: 'run game:GetService("HttpService").HttpEnabled = true in the command bar';
	const when = published || card.address.loopback ? "Before that," : "Then";
	return `${when} ${where}: playtests and published games both need it.`;
}

/** What there is to do now, with a key in the place. */
export function nextWords(screen: Connected): Words | undefined {
	const { check } = screen.card;
	if (isUnknown(check)) {
		return {
			title: `Next: delete ${screen.card.path}, then Connect.`,
			text: "A Script whose key nobody here made may not be yours.",
		};
	}
	if (check.kind === "rejected") return { title: "Next: Reconnect.", text: "It puts a new key into the place." };
	if (check.kind !== "accepted") return undefined;
	const words = afterwards(screen, check.report.lastServerAt);
	if (screen.httpEnabled) return words;
	if (words !== undefined) return { title: words.title, text: `${httpWords(screen)} ${words.text}` };
	return {
		title: "Next: allow HTTP requests.",
		text: "They are off in File › Experience Settings › Security, and playtests and published games both need them.",
	};
}
