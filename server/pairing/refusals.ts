import { ProblemError } from "../errors/problem-error.ts";

export function unknownCode(): ProblemError {
	return new ProblemError(404, "unknown_code", "Code not found. Compare it with the one in Studio and enter it again.");
}

export function claimedCode(): ProblemError {
	return new ProblemError(
		403,
		"claimed_code",
		"Another account has already opened this code. If the code is yours, click Cancel in Studio, then Connect, and use the new one.",
	);
}

export function expiredCode(): ProblemError {
	return new ProblemError(410, "expired_code", "This code has expired. Click Connect in Studio again for a new code.");
}

/** For accounts that could not approve any code. */
export function cannotCreateKeysAnywhere(): ProblemError {
	return new ProblemError(
		403,
		"forbidden",
		"You cannot create keys in any workspace. Ask an owner or admin to approve this code.",
	);
}

export function alreadyAnswered(): ProblemError {
	return new ProblemError(
		409,
		"already_answered",
		"This code was already answered. To stop a key that is in use, delete it in your list of keys. For a new key, click Connect in Studio again.",
	);
}

export function workspaceNotFound(): ProblemError {
	return new ProblemError(404, "not_found", "Workspace not found. Reload the page and pick another.");
}

export function cannotCreateKeys(): ProblemError {
	return new ProblemError(
		403,
		"forbidden",
		"You cannot create keys in this workspace. Pick another, or ask an owner to make you an admin.",
	);
}

export function previousKeyUnproven(): ProblemError {
	return new ProblemError(
		409,
		"previous_key_unproven",
		"Studio did not prove that the place has this key, so this approval can neither retire nor revoke it. Choose to keep it. Once the new key works, retire or delete the old one on its page; or install the current plugin and reconnect.",
	);
}

export function previousKeyElsewhere(): ProblemError {
	return new ProblemError(
		409,
		"previous_key_elsewhere",
		"The key in the place belongs to another workspace, so this approval can neither retire nor revoke it. Choose to keep it. Once the new key works, delete the old one there.",
	);
}
