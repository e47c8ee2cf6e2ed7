import { type Finding, ok, problem, unseen } from "./finding.ts";
import type { Situation } from "./proxy.ts";
import type { Answer } from "./readiness.ts";

const TOLERANCE_SECONDS = 60;
/** As far as the server lets its time and the machine's differ without a word. */
const LEAD_SECONDS = 300;

/** The server's clock against this computer's, and against the time that the server goes by. */
export function lookAtClock({ isElsewhere }: Situation, { reply, readiness }: Answer): Finding {
	const lead = readiness?.clock?.leadSeconds ?? 0;
	if (Math.abs(lead) > LEAD_SECONDS) {
		return problem(
			"clock",
			`The server's clock is ${inWords(Math.abs(lead))} ${lead > 0 ? "ahead of" : "behind"} the time it goes by: correct the clock, or, if it is right, run npm run trust-clock on the server.`,
		);
	}
	const date = Date.parse(reply?.headers.get("date") ?? "");
	if (Number.isNaN(date)) return unseen("clock", "The response has no date.");
	if (!isElsewhere) return unseen("clock", "It is this computer's own: run this from another one to compare.");
	const apart = Math.round(Math.abs(date - Date.now()) / 1000);
	return apart > TOLERANCE_SECONDS
		? problem("clock", `The server's clock and this computer's are ${inWords(apart)} apart: set the wrong one by NTP.`)
		: ok("clock", `The server's and this computer's are within ${TOLERANCE_SECONDS} s.`);
}

function inWords(seconds: number): string {
	if (seconds < 120) return `${seconds} s`;
	return seconds < 7200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}
