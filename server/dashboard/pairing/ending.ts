import type { Pairing, PairingStatus } from "../../../shared/wire.ts";
import type { ApiError } from "../api/api-error.ts";
import { failureWords } from "../api/words.ts";
import { reachableByGames } from "../onboarding/reachable-by-games.ts";

export type EndingIcon = "done" | "working" | "denied" | "expired" | "claimed" | "unknown" | "trouble";
/** `delete`: "Was it not you?", where only deleting the key helps. */
export type WayOn = "retry" | "another-code" | "keys" | "delete";

export interface Ending {
	icon: EndingIcon;
	tone: "good" | "bad" | "calm";
	title: string;
	detail: string;
	ways: WayOn[];
	/** How long one has to wait, counted from the error. */
	wait?: { error: ApiError; seconds: number };
}

const PUBLISH = "publish the place. Servers that start after that use it.";
const TRY_IN_STUDIO = "press Play in Studio. For published games the server needs a public https address (PUBLIC_URL).";

const BY_STATUS: Record<Exclude<PairingStatus, "pending">, Ending> = {
	approved: {
		icon: "working",
		tone: "calm",
		title: "Approved",
		detail: "Go back to Studio and leave it open. It fetches the key within a few seconds.",
		ways: [],
	},
	issued: {
		icon: "working",
		tone: "calm",
		title: "Approved",
		detail: "Studio has the key and is putting it in its place.",
		ways: [],
	},
	sealed: {
		icon: "done",
		tone: "good",
		title: "Installed",
		detail: `The key is in the place and works. Next: ${reachableByGames(location.origin) ? PUBLISH : TRY_IN_STUDIO}`,
		ways: ["another-code", "keys", "delete"],
	},
	denied: {
		icon: "denied",
		tone: "calm",
		title: "Denied",
		detail: "Studio gets no key, and nothing in the place has changed.",
		ways: ["another-code", "keys"],
	},
	expired: {
		icon: "expired",
		tone: "calm",
		title: "This code has expired",
		detail: "Click Connect in Studio once more: it shows a new code. Nothing in the place has changed.",
		ways: ["another-code"],
	},
};

/** Undefined while the pairing still waits for an answer. */
export function endingOf(pairing: Pairing): Ending | undefined {
	return pairing.status === "pending" ? undefined : BY_STATUS[pairing.status];
}

export function endingOfError(error: ApiError, asked?: "approve" | "deny"): Ending {
	if (asked === "deny" && error.code === "already_answered") {
		return {
			icon: "done",
			tone: "calm",
			title: "Too late to deny",
			detail: "The key has been used meanwhile, so it is installed and works. Delete it in the list of your keys.",
			ways: ["delete"],
		};
	}
	if (error.code === "claimed_code") {
		return {
			icon: "claimed",
			tone: "bad",
			title: "Somebody else has opened this code",
			detail:
				"Only the account that opened a code first can answer it. If it is your code, click Cancel in Studio, then Connect, and use the new one.",
			ways: ["another-code"],
		};
	}
	if (error.code === "expired_code") return BY_STATUS.expired;
	if (error.kind === "not-found") {
		return {
			icon: "unknown",
			tone: "bad",
			title: "There is no such code",
			detail: "Compare it with Studio, letter by letter. A code that was used or is older than a day is gone.",
			ways: ["another-code"],
		};
	}
	if (error.kind === "conflict") {
		return {
			icon: "denied",
			tone: "calm",
			title: "This code was answered already",
			detail: "It was approved or denied meanwhile, perhaps in another window of yours.",
			ways: ["retry", "another-code"],
		};
	}
	const seconds = error.retryAfterSeconds;
	if (error.kind === "limited" && seconds !== undefined) {
		return {
			icon: "expired",
			tone: "calm",
			title: "Too many tries",
			detail: "So many wrong codes look like guessing. Wait, then take the code from Studio again.",
			ways: ["retry", "another-code"],
			wait: { error, seconds },
		};
	}
	const { title, detail } = failureWords(error);
	const ways: WayOn[] = error.kind === "forbidden" ? ["another-code"] : ["retry", "another-code"];
	return { icon: "trouble", tone: "bad", title, detail, ways };
}
