import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import path from "node:path";
import { createInterface } from "node:readline";

import { findLune } from "./find-lune.ts";

export interface Command {
	do: string;
	[field: string]: unknown;
}

export type Answer = Record<string, unknown>;

/** A command failed, or the headless Studio exited. */
export class StudioError extends Error {
	override readonly name = "StudioError";
	readonly code = "studio_error";
}

interface Pending {
	resolve: (answer: Answer) => void;
	reject: (error: Error) => void;
}

const MAIN = path.join(import.meta.dirname, "main.luau");
const MAX_LOG_LINES = 20;

/** The Lune process. One JSON object per line; answers come in the order of the commands. */
export class LuneProcess {
	readonly #child: ChildProcessWithoutNullStreams;
	readonly #pending: Pending[] = [];
	readonly #lastLines: string[] = [];
	readonly #ended: Promise<void>;
	readonly #kill = () => void this.#child.kill("SIGKILL");

	constructor(lune: string, log: (line: string) => void) {
		this.#child = spawn(lune, ["run", MAIN], { stdio: "pipe", windowsHide: true });
		process.once("exit", this.#kill);
		createInterface({ input: this.#child.stdout }).on("line", (line) => this.#answer(line));
		createInterface({ input: this.#child.stderr }).on("line", (line) => {
			this.#lastLines.push(line);
			if (this.#lastLines.length > MAX_LOG_LINES) this.#lastLines.shift();
			log(line);
		});
		// A failed write means the process has exited, which is handled below.
		this.#child.stdin.on("error", () => undefined);
		this.#ended = new Promise((resolve) => {
			this.#child.once("error", (error) => this.#end(error.message, resolve));
			this.#child.once("close", (code, signal) => this.#end(`it exited with ${signal ?? code}`, resolve));
		});
	}

	static async start(log: (line: string) => void): Promise<LuneProcess> {
		return new LuneProcess(await findLune(), log);
	}

	get pid(): number | undefined {
		return this.#child.pid;
	}

	/** Rejects with StudioError if the answer is not ok. */
	send(command: Command): Promise<Answer> {
		if (this.#child.exitCode !== null || this.#child.signalCode !== null) {
			return Promise.reject(new StudioError("The headless Studio is closed"));
		}
		return new Promise((resolve, reject) => {
			this.#pending.push({ resolve, reject });
			this.#child.stdin.write(`${JSON.stringify(command)}\n`);
		});
	}

	async close(): Promise<void> {
		this.#child.stdin.end();
		this.#kill();
		await this.#ended;
	}

	#answer(line: string): void {
		const pending = this.#pending.shift();
		if (pending === undefined) return;
		const answer = JSON.parse(line) as Answer;
		if (answer["ok"] === true) pending.resolve(answer);
		else pending.reject(new StudioError(String(answer["error"])));
	}

	#end(why: string, resolve: () => void): void {
		process.off("exit", this.#kill);
		for (const pending of this.#pending.splice(0)) {
			pending.reject(new StudioError(`The headless Studio has exited: ${why}\n${this.#lastLines.join("\n")}`));
		}
		resolve();
	}
}
