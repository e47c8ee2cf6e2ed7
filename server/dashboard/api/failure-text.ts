import type { ApiError, ApiErrorKind } from "./api-error.ts";

/** A failure in user terms: what happened, what to do, and whether retrying can help. */
export interface FailureText {
	title: string;
	detail: string;
	retry: boolean;
}

const WAIT = "Wait a moment, then try again.";
const HOUR = 3_600;

const TEXTS: Record<ApiErrorKind, FailureText> = {
	offline: {
		title: "The server did not respond",
		detail: "Check that you are online and that the server is running. This page may be out of date.",
		retry: true,
	},
	"session-ended": { title: "Your session has ended", detail: "Sign in to continue.", retry: false },
	forbidden: {
		title: "You do not have permission to do this",
		detail: "Ask an owner of the workspace to change your role.",
		retry: false,
	},
	"not-found": {
		title: "It no longer exists",
		detail: "Someone may have removed it, or it is in a workspace you are not in.",
		retry: false,
	},
	conflict: { title: "It has changed in the meantime", detail: "Check it again, then decide.", retry: true },
	invalid: { title: "The server refused this", detail: "Correct what you entered and try again.", retry: false },
	limited: { title: "Too many attempts", detail: WAIT, retry: true },
	server: {
		title: "Something went wrong on the server",
		detail: "Try again in a moment. If it keeps failing, the server’s log has the reason.",
		retry: true,
	},
	unreadable: {
		title: "The server’s response could not be read",
		detail: "This page may be older than the server. Reload it.",
		retry: true,
	},
};

/** Overrides for codes that say more than their kind. */
const BY_CODE: Record<string, Partial<FailureText>> = {
	idempotency_key_reused: {
		title: "A key was already created",
		detail:
			"The response to your first attempt was lost, and with it that key’s secret. Delete it in the list of keys, then generate another.",
	},
	cross_origin: { title: "This is not the server’s own address" },
	browser_offline: { title: "You are offline" },
	disk_low: { title: "The server’s disk is almost full" },
	storage_unavailable: { title: "The server cannot reach its database" },
	server_outdated: { title: "The server has to be updated" },
	last_owner: { title: "A workspace needs an owner", retry: false },
};

const DETAILED_KINDS: ApiErrorKind[] = ["invalid", "conflict", "forbidden", "not-found", "limited"];

/** Prefers the server's detail for errors it can explain better. */
export function failureText(error: ApiError): FailureText {
	const text = { ...TEXTS[error.kind], ...BY_CODE[error.code ?? ""] };
	if (error.outcome === "unknown" || error.outcome === "made") {
		return { ...text, detail: error.advice, retry: error.outcome === "unknown" };
	}
	if (error.code === "disk_low") return { ...text, detail: error.detail ?? text.detail };
	const seconds = error.retryAfterSeconds;
	if (error.kind === "limited" && seconds !== undefined) {
		const detail = error.detail ?? `Try again in ${waitText(seconds)}.`;
		const title = seconds > HOUR ? "Daily limit reached" : text.title;
		return { ...text, title, detail: unchanged(error) + detail, retry: seconds <= HOUR };
	}
	if (error.status === 503 && seconds !== undefined) {
		return { ...text, detail: `${unchanged(error)}Try again in ${waitText(seconds)}.` };
	}
	const own = BY_CODE[error.code ?? ""]?.detail;
	if (own === undefined && error.detail !== undefined && DETAILED_KINDS.includes(error.kind))
		return { ...text, detail: error.detail };
	return text;
}

function unchanged({ outcome }: ApiError): string {
	return outcome === "none" ? "Nothing was changed. " : "";
}

export function waitText(seconds: number): string {
	if (seconds < 90) return seconds <= 1 ? "1 second" : `${Math.ceil(seconds)} seconds`;
	return seconds < 1.5 * HOUR ? `${Math.ceil(seconds / 60)} minutes` : `${Math.ceil(seconds / HOUR)} hours`;
}
