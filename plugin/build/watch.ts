import { watch } from "node:fs/promises";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";

import { SOURCE_FOLDERS } from "./plugin-version.ts";

/** Editors write a file in several steps, and some save many files at once. */
const QUIET_MS = 150;

/**
 * Calls `act` after every change of the plugin's sources, and never while it is still running. Ends by `signal`, with an
 * AbortError.
 */
export async function onChange(repository: string, act: () => Promise<void>, signal?: AbortSignal): Promise<void> {
	let changed = false;
	let running = false;
	await Promise.all(SOURCE_FOLDERS.map((folder) => follow(path.join(repository, folder))));

	async function follow(folder: string): Promise<void> {
		for await (const { filename } of watch(folder, { recursive: true, signal })) {
			if (filename !== null && isSource(filename)) void notice();
		}
	}

	async function notice(): Promise<void> {
		changed = true;
		if (running) return;
		running = true;
		while (changed) {
			await delay(QUIET_MS);
			changed = false;
			await act();
		}
		running = false;
	}
}

/** Not the models, which lie beside the sources, nor an editor's temporary files. */
function isSource(filename: string): boolean {
	return /\.(ts|luau|json)$/.test(filename);
}
