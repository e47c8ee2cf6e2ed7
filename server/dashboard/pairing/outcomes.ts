import type { Pairing, PairingStatus } from "../../../shared/wire.ts";
import type { ApiError } from "../api/api-error.ts";
import { failureText } from "../api/failure-text.ts";
import { reachableByGames } from "../onboarding/reachable-by-games.ts";

export type OutcomeIcon = "done" | "working" | "denied" | "expired" | "claimed" | "unknown" | "trouble";
/** `delete`: "Not you?", when only deleting the key helps. */
export type OutcomeAction = "retry" | "another-code" | "keys" | "delete";

export interface PairingOutcome {
	icon: OutcomeIcon;
	tone: "good" | "bad" | "calm";
	title: string;
	detail: string;
	actions: OutcomeAction[];
	/** The time to wait, in seconds from the error. */
	wait?: { error: ApiError; seconds: number };
}

const PUBLISH = "publish the place. Servers that start after that use it.";
const TRY_IN_STUDIO = "press Play in Studio. For published games the server needs a public https address (PUBLIC_URL).";

const BY_STATUS: Record<Exclude<PairingStatus, "pending">, PairingOutcome> = {
	approved: {
		icon: "working",
		tone: "calm",
		title: "Approved",
		detail: "Go back to Studio and leave it open. It fetches the key within a few seconds.",
		actions: [],
	},
	issued: {
		icon: "working",
		tone: "calm",
		title: "Approved",
		detail: "Studio has the key and is installing it.",
		actions: [],
	},
	sealed: {
		icon: "done",
		tone: "good",
		title: "Installed",
		detail: `The key is installed and works. Next: ${reachableByGames(location.origin) ? PUBLISH : TRY_IN_STUDIO}`,
		actions: ["another-code", "keys", "delete"],
	},
	denied: {
		icon: "denied",
		tone: "calm",
		title: "Denied",
		detail: "Studio gets no key, and nothing in the place has changed.",
		actions: ["another-code", "keys"],
	},
	expired: {
		icon: "expired",
		tone: "calm",
		title: "This code has expired",
		detail: "Click Connect in Studio again for a new code. Nothing in the place has changed.",
		actions: ["another-code"],
	},
};

/** Undefined while the pairing awaits an answer. */
export function outcomeOf(pairing: Pairing): PairingOutcome | undefined {
	return pairing.status === "pending" ? undefined : BY_STATUS[pairing.status];
}

export function outcomeOfError(error: ApiError, answer?: "approve" | "deny"): PairingOutcome {
	if (answer === "deny" && error.code === "already_answered") {
		return {
			icon: "done",
			tone: "calm",
			title: "Too late to deny",
			detail: "The key has already been used, so it is installed and works. Delete it in your list of keys.",
			actions: ["delete"],
		};
	}
	if (error.code === "claimed_code") {
		return {
			icon: "claimed",
			tone: "bad",
			title: "Someone else has opened this code",
			detail:
				"Only the account that opened a code first can answer it. If the code is yours, click Cancel in Studio, then Connect, and use the new one.",
			actions: ["another-code"],
		};
	}
	if (error.code === "expired_code") return BY_STATUS.expired;
	if (error.kind === "not-found") {
		return {
			icon: "unknown",
			tone: "bad",
			title: "Code not found",
			detail: "Compare it with Studio letter by letter. Used codes and codes older than a day are deleted.",
			actions: ["another-code"],
		};
	}
	if (error.kind === "conflict") {
		return {
			icon: "denied",
			tone: "calm",
			title: "This code was already answered",
			detail: "It was approved or denied in the meantime, perhaps in another window.",
			actions: ["retry", "another-code"],
		};
	}
	const seconds = error.retryAfterSeconds;
	if (error.kind === "limited" && seconds !== undefined) {
		return {
			icon: "expired",
			tone: "calm",
			title: "Too many attempts",
			detail: "Too many wrong codes were entered. Wait, then enter the code from Studio again.",
			actions: ["retry", "another-code"],
			wait: { error, seconds },
		};
	}
	const { title, detail } = failureText(error);
	const actions: OutcomeAction[] = error.kind === "forbidden" ? ["another-code"] : ["retry", "another-code"];
	return { icon: "trouble", tone: "bad", title, detail, actions };
}
