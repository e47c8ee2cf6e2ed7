import { ProblemError } from "../errors/problem-error.ts";

export function unknownCode(): ProblemError {
	return new ProblemError(
		404,
		"unknown_code",
		"No pairing has this code. Compare it with the one in Studio and type it again.",
	);
}

export function claimedCode(): ProblemError {
	return new ProblemError(
		403,
		"claimed_code",
		"Another account has opened this code. If that was not you, click Cancel in Studio and connect again.",
	);
}

export function expiredCode(): ProblemError {
	return new ProblemError(410, "expired_code", "This code is too old. Click Connect in Studio again to get a new one.");
}

/** For accounts that could not approve the code anyway. */
export function noWorkspaceForKeys(): ProblemError {
	return new ProblemError(
		403,
		"forbidden",
		"You may not create keys in any workspace. Ask an owner or admin to approve this code.",
	);
}

export function alreadyAnswered(): ProblemError {
	return new ProblemError(
		409,
		"already_answered",
		"This code was already answered. If you meant to stop a key that is in use, delete it in the list of keys; for a new one, click Connect in Studio again.",
	);
}

export function noSuchWorkspace(): ProblemError {
	return new ProblemError(404, "not_found", "There is no such workspace. Reload the page and pick another.");
}

export function mayNotCreateKeys(): ProblemError {
	return new ProblemError(
		403,
		"forbidden",
		"You may not create keys in this workspace. Pick another, or ask its owner.",
	);
}

export function previousKeyElsewhere(): ProblemError {
	return new ProblemError(
		409,
		"previous_key_elsewhere",
		"The key in the place belongs to another workspace, so it cannot be revoked from here. Keep it, and revoke it there.",
	);
}
