import type { Retirement, WaitingCode } from "../../../../shared/wire.ts";
import type { History } from "./history.ts";
import type { Verdict } from "./model.ts";
import type { ModelOfBackends } from "./model-backends.ts";
import type { Outcome } from "./product.ts";

const HALF_HOUR_MS = 1_800_000;
/** Six clocks that may each be set by two seconds. */
const TOLERANCE_MS = 12_000;
/** A retirement is looked at so often, or whenever a stretch was added. */
const LOOKED_AT_EVERY_MS = 300_000;
const TOO_MANY = "too_many_places null null";

export interface Moment {
	now: number;
	/** On the monotonic clock. */
	elapsed: number;
	backends: ModelOfBackends;
	/** Told what a retirement waits for. */
	saw: (history: History, codes: readonly WaitingCode[]) => void;
}

/** Compares what the janitor did with the model. @throws Error for what differs */
export function checkOutcome(history: History, { isRevoked, isRetiring, examinedAt }: Outcome, moment: Moment): void {
	const { model } = history;
	const { now } = moment;
	if ((model.state() !== undefined) !== isRetiring) throw new Error("There is a retirement, or there is none.");
	if (isRevoked) {
		const { state, waitsFor } = model.judge(now);
		if (state !== "done") throw new Error(`It was revoked, but the rule waits for: ${waitsFor.join(", ")} (${state}).`);
		checkTruth(history, moment);
		history.isOver = true;
		history.isRevoked = true;
	} else if (examinedAt === now) {
		const verdict = model.judge(now);
		if (verdict.state === "done")
			throw new Error("It was not revoked, although the janitor looked and the rule lets go.");
		model.examined(verdict);
	} else if (examinedAt !== null && now - examinedAt >= LOOKED_AT_EVERY_MS && !model.asksForGood(now)) {
		throw new Error("The janitor did not look at it for five minutes.");
	}
}

/** Whatever backends know: nothing used the key for half an hour, and no server that runs would. */
function checkTruth({ oldUses, running, old }: History, { elapsed, backends }: Moment): void {
	const heard = oldUses.filter(({ use }) => use.isWritten || use.at <= backends.committedTo());
	const late = heard.find((each) => each.elapsed > elapsed - HALF_HOUR_MS + TOLERANCE_MS);
	if (late !== undefined)
		throw new Error(`It was used ${(elapsed - late.elapsed) / 60_000} minutes before it was revoked.`);
	const needing = running.find(
		({ key, server }) => key.id === old.id && heard.some(({ use }) => use.server?.jobId === server?.jobId),
	);
	if (needing !== undefined) throw new Error("A running server needs it.");
}

/** Compares what people see with the model. @throws Error for what differs */
export function checkShown(history: History, retirement: Retirement | null, { now, saw }: Moment): void {
	const { model } = history;
	if (retirement === null) throw new Error("The retirement is not shown.");
	const verdict = model.judge(now);
	saw(history, [...new Set(retirement.waitingFor.map(({ code }) => code))]);
	history.hasAsked ||= retirement.state === "asking";
	if (retirement.state !== model.state())
		throw new Error(`The state is ${retirement.state}. By the rule: ${model.state()}.`);
	checkWaiting(history, retirement, verdict);
}

function checkWaiting({ visitedMany }: History, { waitingFor }: Retirement, { waitsFor }: Verdict): void {
	const seen = waitingFor
		.map(
			({ code, placeId, placeVersion, servers }) =>
				`${code} ${placeId} ${placeVersion}${code === "in_use" ? `: ${servers}` : ""}`,
		)
		.toSorted();
	// Of more places, backends do not know which of them have a newer version.
	if (visitedMany && seen.includes(TOO_MANY) && waitsFor.includes(TOO_MANY)) return;
	if (seen.join(", ") !== waitsFor.join(", "))
		throw new Error(`It waits for: ${seen.join(", ")}. By the rule: ${waitsFor.join(", ")}.`);
}
