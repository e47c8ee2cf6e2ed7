import type { Key, WaitingCode } from "../../../../shared/wire.ts";
import type { History } from "./history.ts";
import type { ModelOfBackends } from "./model-backends.ts";

const HALF_HOUR_MS = 1_800_000;
/** Six clocks that may each be set by two seconds. */
const TOLERANCE_MS = 12_000;
/** Nobody need look at a retirement more often if no stretch was added. */
const LOOKED_AT_EVERY_MS = 300_000;

const TOO_MANY = "too_many_places null null";

export interface Seen {
	now: number;
	/** On the monotonic clock. */
	elapsed: number;
	backends: ModelOfBackends;
	key: Key;
	/** When the janitor last looked. */
	examinedAt: number | undefined;
	/** Told what the retirement waits for. */
	saw: (history: History, codes: readonly WaitingCode[]) => void;
}

/** Compares what became of a retirement with the model. @throws Error for what differs */
export function check(history: History, { now, elapsed, backends, key, examinedAt, saw }: Seen): void {
	const { model } = history;
	const verdict = model.judge(now);
	const { waitsFor: waiting } = verdict;
	const letsGo = model.state() !== undefined && verdict.state === "done";
	if (key.state === "revoked") {
		if (!letsGo) throw new Error(`It was revoked, but the rule waits for: ${waiting.join(", ")}.`);
		checkTruth(history, { elapsed, backends });
		history.isOver = true;
		history.isRevoked = true;
		return;
	}
	if ((key.retirement === null) !== (model.state() === undefined))
		throw new Error("There is a retirement, or there is none.");
	if (key.retirement === null) return;
	const seen = key.retirement.waitingFor
		.map(
			({ code, placeId, placeVersion, servers }) =>
				`${code} ${placeId} ${placeVersion}${code === "in_use" ? `: ${servers}` : ""}`,
		)
		.toSorted();
	saw(history, [...new Set(key.retirement.waitingFor.map(({ code }) => code))]);
	// Of more places, backends do not know which of them have a newer version.
	const isVague = history.visitedMany && seen.includes(TOO_MANY) && waiting.includes(TOO_MANY);
	if (!isVague && seen.join(", ") !== waiting.join(", "))
		throw new Error(`It waits for: ${seen.join(", ")}. By the rule: ${waiting.join(", ")}.`);
	if (examinedAt === now) {
		if (letsGo) throw new Error("It was not revoked, although the janitor looked and the rule lets go.");
		model.examined(verdict);
	}
	if (key.retirement.state !== model.state())
		throw new Error(`The state is ${key.retirement.state}. By the rule: ${model.state()}.`);
	history.hasAsked ||= key.retirement.state === "asking";
	if (!letsGo) history.letsGoSince = undefined;
	history.letsGoSince ??= letsGo ? now : undefined;
	if (history.letsGoSince !== undefined && now - history.letsGoSince > LOOKED_AT_EVERY_MS)
		throw new Error("It was not revoked within five minutes after the rule let go.");
}

/** Whatever backends know: nothing used the key for half an hour, and no server that runs would. */
function checkTruth(
	{ oldUses, running, old }: History,
	{ elapsed, backends }: Pick<Seen, "elapsed" | "backends">,
): void {
	const heard = oldUses.filter(({ use }) => use.isWritten || use.at <= backends.committedTo());
	const late = heard.find((each) => each.elapsed > elapsed - HALF_HOUR_MS + TOLERANCE_MS);
	if (late !== undefined)
		throw new Error(`It was used ${(elapsed - late.elapsed) / 60_000} minutes before it was revoked.`);
	const needing = running.find(
		({ key, server }) => key.id === old.id && heard.some(({ use }) => use.server?.jobId === server?.jobId),
	);
	if (needing !== undefined) throw new Error("A running server needs it.");
}
