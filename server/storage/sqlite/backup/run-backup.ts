import { spawn } from "node:child_process";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { StorageError } from "../../../errors/storage-error.ts";
import { withdrawalsOfBackup } from "../../withdrawals/withdrawals-file.ts";
import { unfinishedName } from "./folder.ts";
import type { Backup } from "./write-backup.ts";

const CHILD = fileURLToPath(new URL("child.ts", import.meta.url));

export interface RunningBackup {
	/** @throws StorageError `unusable` */
	done: Promise<Backup>;
	/** Ends it at once; nothing is left of it. */
	abort(): void;
}

/** `writeBackup` in a process of its own: it neither blocks this one nor keeps it from ending. */
export function runBackup(source: string, target: string): RunningBackup {
	const child = spawn(process.execPath, ["--no-warnings", CHILD, source, target], {
		// It needs none of the secrets.
		env: { PATH: process.env["PATH"], SYSTEMROOT: process.env["SYSTEMROOT"], TZ: process.env["TZ"] },
		stdio: ["ignore", "pipe", "pipe"],
	});
	let [output, errors] = ["", ""];
	child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
	child.stderr.on("data", (chunk: Buffer) => (errors += chunk.toString()));

	async function outcome(): Promise<Backup> {
		await once(child, "close");
		const answer = parse(output);
		if (answer?.backup !== undefined) return answer.backup;
		removeParts();
		const ended = `The backup process ended early: ${errors.trim().split("\n").at(-1) || (child.signalCode ?? child.exitCode)}`;
		throw new StorageError("unusable", answer?.refused ?? ended);
	}

	function removeParts(): void {
		const unfinished = unfinishedName(target, child.pid);
		for (const suffix of ["", "-journal"]) rmSync(unfinished + suffix, { force: true });
		rmSync(unfinishedName(withdrawalsOfBackup(target), child.pid), { force: true });
	}

	return {
		done: outcome(),
		abort() {
			child.kill("SIGKILL");
		},
	};
}

function parse(output: string): { backup?: Backup; refused?: string } | undefined {
	try {
		return JSON.parse(output) as { backup?: Backup; refused?: string };
	} catch {
		return undefined;
	}
}
