import { constants, existsSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { dirname } from "node:path";

import { makePrivate } from "../../private-files.ts";
import { createFolder, followingNoLink, giveToOwner, syncFolder } from "../files.ts";
import type { Withdrawal } from "./withdrawal.ts";
import { type Note, toLine } from "./withdrawals-file.ts";

const APPEND = constants.O_RDWR | constants.O_APPEND | constants.O_CREAT;

/** As `appendToFile`, but for a thread that must not wait for the disk. Creates the folder as well. */
export async function append(path: string, entries: readonly (Withdrawal | Note)[]): Promise<void> {
	const folder = dirname(path);
	createFolder(folder);
	const isNew = !existsSync(path);
	const file = await open(path, APPEND | followingNoLink(folder), 0o600);
	try {
		const begin = (await isTorn(file)) ? "\n" : "";
		await file.appendFile(begin + entries.map(toLine).join(""));
		await file.sync();
	} finally {
		await file.close();
	}
	if (!isNew) {
		makePrivate(path);
		return;
	}
	giveToOwner(path);
	syncFolder(folder);
}

/** A power failure may have taken the end of the last line. */
async function isTorn(file: FileHandle): Promise<boolean> {
	const { size } = await file.stat();
	if (size === 0) return false;
	const { buffer } = await file.read({ buffer: Buffer.alloc(1), position: size - 1 });
	return buffer.toString() !== "\n";
}
