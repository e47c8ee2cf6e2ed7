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

	constructor(pin: Pin, attempts: Attempt[]) {
		super(
			[
				`${pin.name} ${pin.version} is needed, and no way to get it worked:`,
				...attempts.map(({ way, why }) => `  - ${way}: ${why.trim().replaceAll("\n", "\n      ")}`),
				`What to do: install Rust 1.88 or newer with a C++ compiler, or rokit, and run this again; or put`,
				`${pin.name} ${pin.version} on PATH. Behind a network that refuses downloads, build it elsewhere and copy it.`,
			].join("\n"),
		);
		this.attempts = attempts;
	}
}
