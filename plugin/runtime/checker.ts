import type { ROUTES } from "../../shared/wire.js";
import type { CheckerOptions, Verdict } from "./contracts";

const WHOAMI: (typeof ROUTES)["whoami"] = "/v1/whoami";
const FIRST_PAUSE_SECONDS = 2;
const LONGEST_PAUSE_SECONDS = 60;
const RARE_PAUSE_SECONDS = 600;
const LONGEST_ASKED_SECONDS = 3600;

// Asks the server once whether it takes the key. Yields.
function check(options: CheckerOptions): Verdict {
	const [answered, result] = pcall(() => options.send("GET", options.server + WHOAMI, undefined, {}));
	return answered ? options.read(result) : options.readThrown(tostring(result));
}

// Half to whole, so that many servers that failed together do not come back together.
function jittered(seconds: number): number {
	return seconds * (0.5 + math.random() / 2);
}

// Asks until there is a definite answer. A playtest asks once.
function checkUntilDecided(options: CheckerOptions): void {
	let pause = FIRST_PAUSE_SECONDS;
	while (!options.isOver()) {
		const verdict = check(options);
		options.report(verdict);
		if (options.inStudio || verdict.kind === "accepted" || verdict.kind === "stop") return;
		if (verdict.kind === "rare") task.wait(RARE_PAUSE_SECONDS * (0.95 + math.random() / 10));
		else {
			task.wait(math.max(jittered(pause), math.clamp(verdict.retryAfter ?? 0, 0, LONGEST_ASKED_SECONDS)));
			pause = math.min(pause * 2, LONGEST_PAUSE_SECONDS);
		}
	}
}

export = table.freeze({ checkUntilDecided });
