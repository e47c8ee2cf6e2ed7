import {
	closeSync,
	constants,
	copyFileSync,
	existsSync,
	fsyncSync,
	lchownSync,
	linkSync,
	mkdirSync,
	openSync,
	readdirSync,
	renameSync,
	statSync,
	unlinkSync,
} from "node:fs";
import { dirname } from "node:path";

/** Returns once the file's content is on the disk. */
export function syncFile(path: string): void {
	const file = openSync(path, "r+");
	try {
		fsyncSync(file);
	} finally {
		closeSync(file);
	}
}

/** Returns once the folder's names are on the disk. Windows has no such call, and needs none. */
export function syncFolder(path: string): void {
	if (process.platform === "win32") return;
	const folder = openSync(path, "r");
	try {
		fsyncSync(folder);
	} finally {
		closeSync(folder);
	}
}

/** One by one: for a folder that can never be created, Node's recursive mkdir would not return. */
export function createFolder(folder: string): void {
	if (existsSync(folder)) return;
	createFolder(dirname(folder));
	try {
		mkdirSync(folder, { mode: 0o700 });
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
	}
}

/** The names in a folder; none if it is missing or no folder. */
export function namesIn(folder: string): string[] {
	try {
		return readdirSync(folder);
	} catch {
		return [];
	}
}

/** Gives a finished file its name, and never replaces another. @throws an error with code `EEXIST` */
export function publishFile(from: string, to: string): void {
	try {
		linkSync(from, to);
		unlinkSync(from);
	} catch (error) {
		// File systems without hard links.
		if (!isUnsupported(error)) throw error;
		if (existsSync(to)) throw Object.assign(new Error(`${to} exists`), { code: "EEXIST" });
		renameSync(from, to);
	}
	syncFolder(dirname(to));
}

/** Gives a file a second name, or copies it where that is not possible. */
export function keepAs(path: string, name: string): void {
	try {
		linkSync(path, name);
	} catch (error) {
		if (!isUnsupported(error)) throw error;
		copyFileSync(path, name, constants.COPYFILE_EXCL);
		syncFile(name);
	}
}

function isUnsupported(error: unknown): boolean {
	return ["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK", "EXDEV"].includes(
		(error as NodeJS.ErrnoException).code ?? "",
	);
}

/** For what root makes in the server's folder: without it, the server could not use it. */
export function giveToOwner(path: string): void {
	const { uid, gid } = statSync(dirname(path));
	// Not what a link leads to, which that user must not get by making one.
	if (isRootIn(dirname(path))) lchownSync(path, uid, gid);
}

/** The flag to open a file in the folder with: root must not follow another user's links. */
export function followingNoLink(folder: string): number {
	return isRootIn(folder) ? constants.O_NOFOLLOW : 0;
}

function isRootIn(folder: string): boolean {
	return process.getuid?.() === 0 && statSync(folder).uid !== 0;
}
