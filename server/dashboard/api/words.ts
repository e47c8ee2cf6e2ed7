import type { ApiError, ApiErrorKind } from "./api-error.ts";

/** What to tell a person about a failure: what happened, what to do, and whether trying again can help. */
export interface FailureWords {
	title: string;
	detail: string;
	retry: boolean;
}

const WAIT = "Wait a little, then try again.";

const WORDS: Record<ApiErrorKind, FailureWords> = {
	offline: {
		title: "The server did not answer",
		detail: "Check that you are online and that the server runs. What you saw last may be out of date.",
		retry: true,
	},
	"session-over": { title: "Your session is over", detail: "Sign in to go on.", retry: false },
	forbidden: {
		title: "You may not do this",
		detail: "Ask an owner or admin of the workspace for the right to manage keys.",
		retry: false,
	},
	"not-found": {
		title: "It is not there any more",
		detail: "Somebody may have removed it, or it belongs to a workspace you are not in.",
		retry: false,
	},
	conflict: { title: "It has changed meanwhile", detail: "Look at it again, then decide.", retry: true },
	invalid: { title: "The server refused this", detail: "Correct what you entered and try again.", retry: false },
	limited: { title: "Too many tries", detail: WAIT, retry: true },
	server: {
		title: "The server has a problem",
		detail: "Nothing you did wrong. Try again in a moment; if it stays, the reason is in the server’s log.",
		retry: true,
	},
	unreadable: {
		title: "The server’s answer makes no sense here",
		detail: "The page may be older than the server: reload it.",
		retry: true,
	},
};

/** Where a code says more than its kind. */
const BY_CODE: Record<string, Partial<FailureWords>> = {
	last_owner: { title: "A workspace needs an owner", retry: false },
};

const OWN_WORDS: ApiErrorKind[] = ["invalid", "conflict", "forbidden", "not-found", "limited"];

/** The server's own sentence wins where it knows more than we do. */
export function failureWords(error: ApiError): FailureWords {
	const words = { ...WORDS[error.kind], ...BY_CODE[error.code ?? ""] };
	if (error.kind === "limited" && error.retryAfterSeconds !== undefined) {
		return { ...words, detail: `Try again in ${waitWords(error.retryAfterSeconds)}.` };
	}
	if (error.detail !== undefined && OWN_WORDS.includes(error.kind)) return { ...words, detail: error.detail };
	return words;
}

/** The same where the time left is counted down beside it. */
export function failureWordsBesideCountdown(error: ApiError): FailureWords {
	const words = failureWords(error);
	return error.kind === "limited" ? { ...words, detail: WAIT } : words;
}

export function waitWords(seconds: number): string {
	if (seconds < 90) return seconds <= 1 ? "1 second" : `${Math.ceil(seconds)} seconds`;
	return `${Math.ceil(seconds / 60)} minutes`;
}
