import { RUST_NEEDED } from "./cargo.ts";
import type { Pin } from "./pins.ts";

export interface Attempt {
	way: string;
	why: string;
}

/** None of the ways to get a tool worked. The message is meant for people: it says which, why, and what to do. */
export class ToolMissingError extends Error {
	override readonly name = "ToolMissingError";
	readonly code = "tool_missing";
	readonly attempts: Attempt[];

	/** `file`: where the cache would have it. */
	constructor({ name, version }: Pin, attempts: Attempt[], file: string) {
		super(
			[
				`${name} ${version} is needed, and no way to get it worked:`,
				...attempts.map(({ way, why }) => `  - ${way}: ${why.trim().replaceAll("\n", "\n      ")}`),
				`What to do: install Rust ${RUST_NEEDED} or newer with a C++ compiler, or rokit, and run this again. Where the`,
				`network refuses downloads, get ${name} ${version} elsewhere and put it on PATH, or here: ${file}`,
			].join("\n"),
		);
		this.attempts = attempts;
	}
}
