import { KEY_CHARACTERS } from "../../../shared/key-format.ts";
import type { AuthenticationErrorCode } from "../../../shared/wire.ts";
import { isoTime } from "../../clock.ts";
import { ProblemError } from "../../errors/problem-error.ts";
import type { Refused } from "./authenticator.ts";

const DETAILS: Record<Exclude<AuthenticationErrorCode, "revoked_key">, string> = {
	missing_key: "Send the key as `Authorization: Bearer auxvyn_…` or `x-api-key`.",
	malformed_key: `This is not a complete key: a key is auxvyn_ and 60 characters, ${KEY_CHARACTERS} in total. Copy it again or generate a new one.`,
	unknown_key: "This server has never issued this key. Check the server's address, or reconnect the place in Studio.",
};

const REASONS = {
	deleted: "it was deleted in the dashboard",
	replaced: "it was replaced by a new key",
	holder: "it was revoked by a client holding it",
	unconfirmed: "it was not used in time",
	maker_left: "the person who created it left the workspace",
	workspace_deleted: "its workspace was deleted",
	denied: "its approval was withdrawn",
};

/** Why a key was revoked. */
export type RevocationReason = keyof typeof REASONS;

/** 401, with `error="invalid_token"` only if a key was presented (RFC 6750 §3). */
export function refusal(refused: Refused): ProblemError {
	const challenge = `Bearer realm="auxvyn"${refused.code === "missing_key" ? "" : ', error="invalid_token"'}`;
	return new ProblemError(401, refused.code, detail(refused), { headers: { "WWW-Authenticate": challenge } });
}

function detail({ code, revoked }: Refused): string {
	if (code !== "revoked_key") return DETAILS[code];
	const reason = REASONS[(revoked?.revokedReason ?? "deleted") as RevocationReason];
	const at = revoked?.revokedAt ? ` on ${isoTime(revoked.revokedAt)}` : "";
	return `This key was revoked${at}: ${reason}. Generate a new one or reconnect the place in Studio.`;
}

/** For two headers with different keys (RFC 6750 §3.1 `invalid_request`). */
export function conflictingKeys(status: 400 | 401): ProblemError {
	return new ProblemError(status, "conflicting_keys", "The request has two different keys. Send only one.", {
		headers: { "WWW-Authenticate": 'Bearer realm="auxvyn", error="invalid_request"' },
	});
}
