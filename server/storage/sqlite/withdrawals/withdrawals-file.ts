import { closeSync, existsSync, fstatSync, fsyncSync, openSync, readFileSync, readSync, writeSync } from "node:fs";
import { dirname, join } from "node:path";

import { isoTime } from "../../../clock.ts";
import { makePrivate } from "../../../private-files.ts";
import { giveToOwner, syncFolder } from "../files.ts";
import { KINDS, type Withdrawal } from "./withdrawal.ts";

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
}

export function toLine(entry: Withdrawal | Note): string {
	const { what, at } = entry;
	if (!("id" in entry)) return `${JSON.stringify({ what, at: isoTime(at) })}\n`;
	const { id, workspaceId, detail } = entry;
	const optional = { ...(workspaceId !== null && { workspace: workspaceId }), ...(detail !== null && { detail }) };
	return `${JSON.stringify({ what, id, ...optional, at: isoTime(at) })}\n`;
}

/** Appends lines, in one write, and returns once they are on the disk. */
export function appendToFile(path: string, entries: readonly (Withdrawal | Note)[]): void {
	const isNew = !existsSync(path);
	const file = openSync(path, "a+", 0o600);
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
	withdrawals: Withdrawal[];
	/** Nothing is missing up to then, as far as the file says. */
	completeUntil: number;
	/** When everything before was given up on purpose; 0: never. */
	givenUpAt: number;
	/** The numbers of lines that cannot be read, from 1. */
	damaged: number[];
}

/** Undefined if there is no such file, or it cannot be read. */
export function readWithdrawalsFile(path: string): WithdrawalsFile | undefined {
	let text: string;
	try {
		text = readFileSync(path, "utf8");
	} catch {
		return undefined;
	}
	const found: WithdrawalsFile = { path, withdrawals: [], completeUntil: 0, givenUpAt: 0, damaged: [] };
	for (const [index, line] of text.split("\n").entries()) {
		if (line.trim() === "") continue;
		const entry = parseLine(line);
		if (entry === undefined) {
			found.damaged.push(index + 1);
			continue;
		}
		if ("id" in entry) found.withdrawals.push(entry);
		else if (entry.what === "as_backed_up") Object.assign(found, { withdrawals: [], givenUpAt: entry.at });
		found.completeUntil = Math.max(found.completeUntil, entry.at);
	}
	return found;
}

function parseLine(line: string): Withdrawal | Note | undefined {
	let value: Record<string, unknown> | null;
	try {
		value = JSON.parse(line) as Record<string, unknown> | null;
	} catch {
		return undefined;
	}
	const { what, id, workspace, detail, at: time } = value ?? {};
	const at = Date.parse(String(time));
	if (Number.isNaN(at)) return undefined;
	if (what === "complete" || what === "as_backed_up") return { what, at };
	const kind = KINDS.find((each) => each === what);
	if (kind === undefined || typeof id !== "string") return undefined;
	return { what: kind, id, workspaceId: textOrNull(workspace), detail: textOrNull(detail), at };
}

function textOrNull(value: unknown): string | null {
	return typeof value === "string" ? value : null;
}
