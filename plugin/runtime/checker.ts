import type { ROUTES } from "../../shared/wire.js";
import type { CheckerOptions, Verdict } from "./contracts";

const WHOAMI: (typeof ROUTES)["whoami"] = "/v1/whoami";
const FIRST_PAUSE_SECONDS = 2;
const MAX_PAUSE_SECONDS = 60;
const LATER_PAUSE_SECONDS = 600;
const MAX_RETRY_AFTER_SECONDS = 3600;

// Checks the key with the server once. Yields.
function check(options: CheckerOptions): Verdict {
	const [ok, result] = pcall(() => options.send("GET", options.server + WHOAMI, undefined, {}));
	return ok ? options.readResponse(result) : options.readError(tostring(result));
}

// 50 to 100 %, so that servers that failed together do not retry together.
function jittered(seconds: number): number {
	return seconds * (0.5 + math.random() / 2);
}

// Retries until there is a definite result. A playtest checks only once.
function checkUntilDecided(options: CheckerOptions): void {
	let pause = FIRST_PAUSE_SECONDS;
	while (!options.isDone()) {
		const verdict = check(options);
		options.report(verdict);
		if (options.inStudio || verdict.kind === "accepted" || verdict.kind === "stop") return;
		if (verdict.kind === "later") task.wait(LATER_PAUSE_SECONDS * (0.95 + math.random() / 10));
		else {
			task.wait(math.max(jittered(pause), math.clamp(verdict.retryAfter ?? 0, 0, MAX_RETRY_AFTER_SECONDS)));
			pause = math.min(pause * 2, MAX_PAUSE_SECONDS);
		}
	}
}

export = table.freeze({ checkUntilDecided });
