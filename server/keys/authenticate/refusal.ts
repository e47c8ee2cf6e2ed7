import { KEY_CHARACTERS } from "../../../shared/key-format.ts";
import { isoTime } from "../../clock.ts";
import { ProblemError, tooManyRequests } from "../../errors/problem-error.ts";
import type { RefusalCode, Refused } from "./authenticator.ts";

const DETAILS: Record<Exclude<RefusalCode, "revoked_key">, string> = {
	missing_key: "Send the key as `Authorization: Bearer auxvyn_…` or `x-api-key`.",
	malformed_key: `This is not a complete key: a key is auxvyn_ and 60 characters, ${KEY_CHARACTERS} in total. Copy it again or generate a new one.`,
	unknown_key: "This server does not know this key. Check the server's address, or reconnect the place in Studio.",
	wrong_workspace:
		"This key belongs to a workspace that the proxy does not let in. Use a key of a workspace it names, or add &workspace=ws_… for this one to the forward-auth address in the proxy's configuration.",
	workspace_required:
		"The forward-auth address in the proxy's configuration names no workspace, so it lets no key in. Add ?workspace=ws_… with the id of each workspace that may pass (Settings › Reverse proxy has the lines to copy), or ?workspace=any if your API checks X-Auxvyn-Workspace-Id itself.",
};

const REASONS = {
	deleted: "it was deleted in the dashboard",
	replaced: "it was replaced by a new key",
	retired: "a new key had replaced it, and no server had used it for 30 minutes",
	holder: "it was revoked by a client holding it",
	unconfirmed: "it was not used in time",
	maker_left: "the person who created it left the workspace",
	workspace_deleted: "its workspace was deleted",
	denied: "its approval was withdrawn",
};

/** Why a key was revoked. */
export type RevocationReason = keyof typeof REASONS;

/**
 * 401, with `error="invalid_token"` only if a key was presented (RFC 6750 §3); 403 for a good key of a workspace that is
 * not let in.
 */
export function refusal(refused: Refused): ProblemError {
	if (refused.code === "wrong_workspace" || refused.code === "workspace_required") {
		return new ProblemError(403, refused.code, detail(refused));
	}
	const challenge = `Bearer realm="auxvyn"${refused.code === "missing_key" ? "" : ', error="invalid_token"'}`;
	return new ProblemError(401, refused.code, detail(refused), { headers: { "WWW-Authenticate": challenge } });
}

function detail({ code, revoked }: Refused): string {
	if (code !== "revoked_key") return DETAILS[code];
	const reason = (revoked?.revokedReason ?? "deleted") as RevocationReason;
	const at = revoked?.revokedAt ? ` on ${toTheMinute(revoked.revokedAt)}` : "";
	const todo =
		reason === "retired" || reason === "replaced"
			? "Use the new key, or reconnect"
			: "Generate a new one, or reconnect";
	return `This key was revoked${at}: ${REASONS[reason]}. ${todo} the place in Studio.`;
}

/** `2026-11-29 09:27 UTC`: people read this, in the widget and in a game's output. */
function toTheMinute(milliseconds: number): string {
	return `${isoTime(milliseconds).slice(0, 16).replace("T", " ")} UTC`;
}

export function tooManyGuesses(seconds: number): ProblemError {
	return tooManyRequests(seconds, "Too many invalid keys from this address. Wait, then try again with a valid key.");
}

/** For two headers with different keys (RFC 6750 §3.1 `invalid_request`). */
export function conflictingKeys(status: 400 | 401): ProblemError {
	return new ProblemError(status, "conflicting_keys", "The request has two different keys. Send only one.", {
		headers: { "WWW-Authenticate": 'Bearer realm="auxvyn", error="invalid_request"' },
	});
}
