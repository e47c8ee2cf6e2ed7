import { spawn } from "node:child_process";
import os from "node:os";
import path from "node:path";

import { isPluginFresh, pluginFile } from "../../plugin/build/build-plugin.ts";
import { REPOSITORY } from "../../plugin/build/repository.ts";
import { SECRET_SETTINGS } from "../config.ts";
import { endTree } from "./end-tree.ts";

export type PluginState =
	| { status: "ready" }
	/** `detail`: the builder's last word, or why there is no plugin; a sentence without its full stop. */
	| { status: "building" | "failed" | "off"; detail: string };

/** What the download needs to know. An older `file` may be there, and usable, in every state. */
export interface PluginBuild {
	readonly file: string;
	state: () => PluginState;
	/** Ends the builder and whatever it started. */
	close: () => Promise<void>;
}

export interface PluginBuildOptions {
	mode: "auto" | "off";
	log: { info: (text: string) => void; warn: (text: string) => void };
	/** Program and arguments, for tests. */
	command?: string[];
	file?: string;
	isFresh?: () => Promise<boolean>;
}

const LINES_KEPT = 25;

/** Builds the plugin where it is missing or stale, in a process of its own at low priority. Returns at once. */
export function startPluginBuild(options: PluginBuildOptions): PluginBuild {
	const { mode, log, file = pluginFile(), isFresh = isPluginFresh } = options;
	const [program = "", ...args] = options.command ?? [process.execPath, path.join(REPOSITORY, "plugin/build/main.ts")];
	let state: PluginState = { status: "building", detail: "looking whether it is up to date" };
	let end: (() => Promise<void>) | undefined;
	let closed = false;

	if (mode === "off") state = { status: "off", detail: "PLUGIN_BUILD is off, so the server does not build it" };
	else void begin();

	return {
		file,
		state: () => state,
		close: async () => {
			closed = true;
			await end?.();
		},
	};

	async function begin(): Promise<void> {
		if (await isFresh()) state = { status: "ready" };
		else if (!closed) build();
	}

	function build(): void {
		state = { status: "building", detail: "starting" };
		log.info("plugin: building it in the background");
		const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !SECRET_SETTINGS.includes(name)));
		const child = spawn(program, args, {
			cwd: REPOSITORY,
			env,
			stdio: ["ignore", "pipe", "pipe"],
			detached: process.platform !== "win32",
			windowsHide: true,
		});
		end = endTree(child);
		if (child.pid !== undefined) lowerPriority(child.pid);
		const said: string[] = [];
		for (const stream of [child.stdout, child.stderr]) {
			stream.setEncoding("utf8").on("data", (chunk: string) => {
				for (const line of chunk.split("\n").filter((each) => each.trim() !== "")) {
					said.push(line);
					if (said.length > LINES_KEPT) said.shift();
					if (state.status === "building") state = { status: "building", detail: line.trim() };
					log.info(line);
				}
			});
		}
		child.on("error", (error) => fail(error.message));
		child.on("close", (code) => {
			if (closed) return;
			if (code === 0) {
				state = { status: "ready" };
				log.info("plugin: ready for download");
			} else fail(said.join("\n"));
		});
	}

	function fail(why: string): void {
		// Anyone may read this, and need not know where things are on this machine.
		const told = why.replaceAll(REPOSITORY, ".").replaceAll(os.homedir(), "~");
		state = { status: "failed", detail: `building it failed: ${told}` };
		log.warn("plugin: could not be built; the server goes on without it. Mend what is said above and start it again.");
	}
}

function lowerPriority(pid: number): void {
	try {
		os.setPriority(pid, os.constants.priority.PRIORITY_LOW);
	} catch {
		// A builder of ordinary priority is no reason to have none; it may also have ended already.
	}
}
