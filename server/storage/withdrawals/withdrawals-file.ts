import {
	closeSync,
	constants,
	existsSync,
	fstatSync,
	fsyncSync,
	openSync,
	readFileSync,
	readSync,
	statSync,
	writeSync,
} from "node:fs";
import { dirname, join } from "node:path";

import { isoTime } from "../../clock.ts";
import { makePrivate } from "../../private-files.ts";
import { followingNoLink, giveToOwner, syncFolder } from "../files.ts";
import { identityOf, KINDS, type Withdrawal } from "./withdrawal.ts";

const APPEND = constants.O_RDWR | constants.O_APPEND | constants.O_CREAT;

/** The append-only file beside the database. */
export function withdrawalsPath(databasePath: string): string {
	return join(dirname(databasePath), "withdrawals.jsonl");
}

/** A backup's copy of it. */
export function withdrawalsOfBackup(backupPath: string): string {
	return `${backupPath}.withdrawals.jsonl`;
}

/** `complete`: nothing is missing up to then. `as_backed_up`: what comes before was given up on purpose, by a restore. */
export interface Note {
	what: "complete" | "as_backed_up";
	at: number;
	/** The oldest account, by which the file is recognized as this installation's. */
	account?: string | undefined;
}

export function toLine(entry: Withdrawal | Note): string {
	const { what, at } = entry;
	if (!("id" in entry)) return `${JSON.stringify({ what, account: entry.account, at: isoTime(at) })}\n`;
	const { id, workspaceId, detail } = entry;
	const optional = { ...(workspaceId !== null && { workspace: workspaceId }), ...(detail !== null && { detail }) };
	return `${JSON.stringify({ what, id, ...optional, at: isoTime(at) })}\n`;
}

/** Appends lines, in one write, and returns once they are on the disk. */
export function appendToFile(path: string, entries: readonly (Withdrawal | Note)[]): void {
	const isNew = !existsSync(path);
	const file = openSync(path, APPEND | followingNoLink(dirname(path)), 0o600);
	try {
		const begin = isTorn(file) ? "\n" : "";
		const bytes = Buffer.from(begin + entries.map(toLine).join(""));
		for (let written = 0; written < bytes.length;) written += writeSync(file, bytes, written);
		fsyncSync(file);
	} finally {
		closeSync(file);
	}
	if (!isNew) {
		makePrivate(path);
		return;
	}
	giveToOwner(path);
	syncFolder(dirname(path));
}

/** A power failure may have taken the end of the last line, which was not acknowledged and is appended again. */
function isTorn(file: number): boolean {
	const { size } = fstatSync(file);
	const last = Buffer.alloc(1);
	return size > 0 && readSync(file, last, 0, 1, size - 1) === 1 && last.toString() !== "\n";
}

export interface WithdrawalsFile {
	path: string;
	/** In force, as far as the file says. */
	withdrawals: Withdrawal[];
	/** By identity, when a restore gave them up on purpose. */
	givenUp: Map<string, number>;
	/** When restores gave up what came before. */
	restoredAt: Set<number>;
	/** Of the installation, as notes name them. */
	accounts: Set<string>;
	/** Nothing is missing up to then, as far as the file says; 0: it says nothing. */
	completeUntil: number;
	/** The numbers of lines that cannot be read, from 1. */
	damaged: number[];
}

/**
 * Undefined if there is no such file.
 * @throws the error of the file system if it cannot be read
 */
export function readWithdrawalsFile(path: string): WithdrawalsFile | undefined {
	const stats = statSync(path, { throwIfNoEntry: false });
	if (stats === undefined) return undefined;
	// Reading from a device or a pipe might never end.
	if (!stats.isFile()) throw Object.assign(new Error(`${path} is no file`), { code: "no file" });
	const inForce = new Map<string, Withdrawal>();
	const found = {
		path,
		givenUp: new Map<string, number>(),
		restoredAt: new Set<number>(),
		accounts: new Set<string>(),
		completeUntil: 0,
	};
	const damaged: number[] = [];
	for (const [index, line] of readFileSync(path, "utf8").split("\n").entries()) {
		if (line.trim() === "") continue;
		const entry = parseLine(line);
		if (entry === undefined) {
			damaged.push(index + 1);
			continue;
		}
		if ("id" in entry) {
			inForce.set(identityOf(entry), entry);
			found.givenUp.delete(identityOf(entry));
		} else if (entry.what === "as_backed_up") {
			for (const identity of inForce.keys()) found.givenUp.set(identity, entry.at);
			inForce.clear();
			found.restoredAt.add(entry.at);
		}
		if (!("id" in entry) && entry.account !== undefined) found.accounts.add(entry.account);
		found.completeUntil = Math.max(found.completeUntil, entry.at);
	}
	return { ...found, withdrawals: [...inForce.values()], damaged };
}

function parseLine(line: string): Withdrawal | Note | undefined {
	let value: Record<string, unknown> | null;
	try {
		value = JSON.parse(line) as Record<string, unknown> | null;
	} catch {
		return undefined;
	}
	const { what, id, workspace, detail, account, at: time } = value ?? {};
	const at = Date.parse(String(time));
	if (Number.isNaN(at)) return undefined;
	if (what === "complete" || what === "as_backed_up") return { what, at, account: textOrNull(account) ?? undefined };
	const kind = KINDS.find((each) => each === what);
	if (kind === undefined || typeof id !== "string") return undefined;
	return { what: kind, id, workspaceId: textOrNull(workspace), detail: textOrNull(detail), at };
}

function textOrNull(value: unknown): string | null {
	return typeof value === "string" ? value : null;
}
