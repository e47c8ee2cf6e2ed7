import { chmodSync, readdirSync, type Stats, statSync } from "node:fs";
import { join } from "node:path";

const OWNER_ONLY = 0o600;
const ALL_OTHERS = 0o077;
const EVERYONE = 0o007;

/** What a look at a file's mode found. `exposed`: others can read or write it, and this user may not change that. */
export type Privacy = "private" | "tightened" | "exposed";

/** Takes a file away from everyone but its owner, as restored backups and copied examples need. */
export function makePrivate(path: string): Privacy {
	const file = regularFile(path);
	// Windows has no file modes; the folder's permissions apply instead.
	if (process.platform === "win32" || file === undefined || (file.mode & ALL_OTHERS) === 0) return "private";
	try {
		chmodSync(path, OWNER_ONLY);
		// Some file systems accept any mode and keep their own.
		return ((regularFile(path)?.mode ?? 0) & ALL_OTHERS) === 0 ? "tightened" : "exposed";
	} catch {
		// It is another user's file, and its group may be what lets this user read it.
		return (file.mode & EVERYONE) === 0 ? "private" : "exposed";
	}
}

/** Does so with the files in `folder` whose names begin with `prefix`, and tells `warn` what it found. */
export function makeAllPrivate(folder: string, prefix: string, warn: (text: string) => void): void {
	for (const name of readdirSync(folder).filter((each) => each.startsWith(prefix))) {
		const path = join(folder, name);
		const text = privacyWarning(path, makePrivate(path));
		if (text !== undefined) warn(text);
	}
}

/** What to tell the operator; undefined if there is nothing to say. */
export function privacyWarning(path: string, privacy: Privacy): string | undefined {
	if (privacy === "private") return undefined;
	return privacy === "tightened"
		? `Other users of this machine could read ${path}. Now only its owner can.`
		: `Other users of this machine can read ${path}: run \`chmod 600 ${path}\` as its owner.`;
}

function regularFile(path: string): Stats | undefined {
	const file = statSync(path, { throwIfNoEntry: false });
	return file?.isFile() === true ? file : undefined;
}
