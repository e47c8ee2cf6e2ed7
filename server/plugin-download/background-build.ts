import { spawn } from "node:child_process";
import os from "node:os";
import path from "node:path";

import { isPluginFresh, pluginFile } from "../../plugin/build/build-plugin.ts";
import { REPOSITORY } from "../../plugin/build/repository.ts";
import { SECRET_SETTINGS } from "../config.ts";
import { treeKiller } from "./kill-tree.ts";

export type PluginState =
	| { status: "ready" }
	/** `detail`: the builder's last line of output, or why there is no plugin. Has no full stop. */
	| { status: "building" | "failed" | "off"; detail: string };

/** The state of the build. A usable `file` from an earlier build may exist in any state. */
export interface PluginBuild {
	readonly file: string;
	state: () => PluginState;
	/** Kills the builder and its child processes. */
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

const MAX_LINES = 25;

/** Builds the plugin if it is missing or stale, in a separate low-priority process. Does not wait for it. */
export function startPluginBuild(options: PluginBuildOptions): PluginBuild {
	const { mode, log, file = pluginFile(), isFresh = isPluginFresh } = options;
	const [program = "", ...args] = options.command ?? [process.execPath, path.join(REPOSITORY, "plugin/build/main.ts")];
	let state: PluginState = { status: "building", detail: "checking whether it is up to date" };
	let kill: (() => Promise<void>) | undefined;
	let closed = false;

	if (mode === "off") state = { status: "off", detail: "PLUGIN_BUILD is off, so the server does not build it" };
	else void buildIfStale();

	return {
		file,
		state: () => state,
		close: async () => {
			closed = true;
			await kill?.();
		},
	};

	async function buildIfStale(): Promise<void> {
		if (await isFresh()) state = { status: "ready" };
		else if (!closed) build();
	}

	function build(): void {
		state = { status: "building", detail: "starting" };
		log.info("plugin: building in the background");
		const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !SECRET_SETTINGS.includes(name)));
		const child = spawn(program, args, {
			cwd: REPOSITORY,
			env,
			stdio: ["ignore", "pipe", "pipe"],
			detached: process.platform !== "win32",
			windowsHide: true,
		});
		kill = treeKiller(child);
		if (child.pid !== undefined) lowerPriority(child.pid);
		const lines: string[] = [];
		for (const stream of [child.stdout, child.stderr]) {
			stream.setEncoding("utf8").on("data", (chunk: string) => {
				for (const line of chunk.split("\n").filter((each) => each.trim() !== "")) {
					lines.push(line);
					if (lines.length > MAX_LINES) lines.shift();
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
			} else fail(lines.join("\n"));
		});
	}

	function fail(why: string): void {
		// Shown to anyone, so it must not reveal this machine's paths.
		const output = why.replaceAll(REPOSITORY, ".").replaceAll(os.homedir(), "~");
		state = { status: "failed", detail: `the build failed: ${output}` };
		log.warn("plugin: could not be built; the server runs without it. Fix the error above, then restart the server.");
	}
}

function lowerPriority(pid: number): void {
	try {
		os.setPriority(pid, os.constants.priority.PRIORITY_LOW);
	} catch {
		// Build at normal priority. The builder may also have exited already.
	}
}
