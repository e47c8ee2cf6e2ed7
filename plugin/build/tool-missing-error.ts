import { RUST_NEEDED } from "./cargo.ts";
import type { Pin } from "./pins.ts";

export interface Attempt {
	way: string;
	why: string;
}

/** A tool could not be found or installed. The message lists what was tried, why it failed, and what to do. */
export class ToolMissingError extends Error {
	override readonly name = "ToolMissingError";
	readonly code = "tool_missing";
	readonly attempts: Attempt[];

	/** `file`: its path in the cache. */
	constructor(pin: Pin, attempts: Attempt[], file: string) {
		const { name, version } = pin;
		const isReleased = "author" in pin;
		super(
			[
				`${name} ${version} is needed, but could not be found or installed:`,
				...attempts.map(({ way, why }) => `  - ${way}: ${why.trim().replaceAll("\n", "\n      ")}`),
				`What to do: install Rust ${RUST_NEEDED} or newer with a C++ compiler${isReleased ? ", or rokit," : ""} and run this again.`,
				isReleased
					? `If downloads are blocked, get ${name} ${version} elsewhere and put it on PATH, or here: ${file}`
					: `If downloads are blocked, build it elsewhere from ${pin.folder} and put it here: ${file}`,
			].join("\n"),
		);
		this.attempts = attempts;
	}
}
