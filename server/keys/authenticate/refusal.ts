import { KEY_CHARACTERS } from "../../../shared/key-format.ts";
import type { AuthenticationErrorCode } from "../../../shared/wire.ts";
import { isoTime } from "../../clock.ts";
import { ProblemError } from "../../errors/problem-error.ts";
import type { Refused } from "./authenticator.ts";

const DETAILS: Record<Exclude<AuthenticationErrorCode, "revoked_key">, string> = {
	missing_key: "Send the key as `Authorization: Bearer auxvyn_…` or as `x-api-key`.",
	malformed_key: `This is not a whole key: it has auxvyn_ and 60 characters, ${KEY_CHARACTERS} in all. Copy it again, or generate a new one.`,
	unknown_key: "No such key was ever issued here. Check the server's address, or connect the place again.",
};

const REASONS = {
	deleted: "it was deleted in the dashboard",
	replaced: "a new key replaced it",
	holder: "a holder of the key revoked it",
	unconfirmed: "it was not used in time after it was issued",
	maker_left: "the person who created it left the workspace",
	workspace_deleted: "its workspace was deleted",
	denied: "its pairing was denied",
};

/** Why a key was revoked. */
export type RevocationReason = keyof typeof REASONS;

/** 401 (RFC 6750 §3): `error="invalid_token"` only where a key was presented. */
export function refusal(refused: Refused): ProblemError {
	const challenge = `Bearer realm="auxvyn"${refused.code === "missing_key" ? "" : ', error="invalid_token"'}`;
	return new ProblemError(401, refused.code, detail(refused), { headers: { "WWW-Authenticate": challenge } });
}

function detail({ code, revoked }: Refused): string {
	if (code !== "revoked_key") return DETAILS[code];
	const reason = REASONS[(revoked?.revokedReason ?? "deleted") as RevocationReason];
	const at = revoked?.revokedAt ? ` on ${isoTime(revoked.revokedAt)}` : "";
	return `This key was revoked${at}: ${reason}. Generate a new one, or reconnect the place in Studio.`;
}

/** The two headers disagree (RFC 6750 §3.1 invalid_request). */
export function conflictingKeys(status: 400 | 401): ProblemError {
	return new ProblemError(
		status,
		"conflicting_keys",
		"x-api-key and Authorization hold different keys. Send one of them.",
		{
			headers: { "WWW-Authenticate": 'Bearer realm="auxvyn", error="invalid_request"' },
		},
	);
}
