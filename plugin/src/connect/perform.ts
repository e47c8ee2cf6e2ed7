import { Draft, Place, WriteResult } from "../place";
import { SendRequest } from "../studio/http";
import { AddressBook } from "./address-book";
import { createBackend, PlaceReport } from "./backend";
import { Effect } from "./machine/effects";
import { Answer, Written } from "./machine/events";
import { Scripts } from "./machine/model";
import { createRevocations } from "./revocation";

/** When a request without an answer counts as slow. */
const SLOW_SECONDS = 5;

type AnswerPayload = Answer extends infer A ? (A extends Answer ? Omit<A, "id" | "attempt"> : never) : never;

export interface Performer {
	perform: (effect: Effect) => void;
	/** Nothing is begun any more. */
	stop: () => void;
}

export interface PerformerDependencies {
	place: Place;
	send: SendRequest;
	addresses: AddressBook;
	/** Yields while Studio looks up the place's name. */
	readReport: () => PlaceReport;
	/** Whether the machine still waits for the effect with this number. */
	isWanted: (id: number) => boolean;
	answer: (answer: Answer) => void;
}

/** Does what the machine wants, and tells it what came of it. */
export function createPerformer(dependencies: PerformerDependencies): Performer {
	const { place, send, addresses, readReport, isWanted } = dependencies;
	const revocations = createRevocations();
	/** Of the current attempt. */
	let draft: Draft | undefined;
	let report: { attempt: number; report: PlaceReport } | undefined;

	function answer({ id, attempt }: Effect, payload: AnswerPayload) {
		dependencies.answer({ ...payload, id, attempt });
	}

	/** Does `work`, which yields, and says so if it takes long. */
	function request(effect: Effect, work: () => AnswerPayload) {
		let waiting = true;
		task.delay(SLOW_SECONDS, () => {
			if (waiting) answer(effect, { kind: "slow" });
		});
		task.spawn(() => {
			const payload = work();
			waiting = false;
			answer(effect, payload);
		});
	}

	function written(result: WriteResult): Written {
		if (result.kind !== "drafted") return result;
		draft = result.draft;
		return { kind: "drafted" };
	}

	/** In the next frame, so that the widget shows first what is being done. */
	function write(effect: Effect, work: () => WriteResult) {
		task.defer(() =>
			answer(effect, { kind: "written", result: isWanted(effect.id) ? written(work()) : { kind: "changed" } }),
		);
	}

	function finishDraft(): WriteResult {
		if (draft === undefined) return { kind: "changed" };
		return draft.isCommitted() ? draft.finish() : { kind: "drafted", draft };
	}

	function provoke(): Scripts | undefined {
		const failure = place.provoke();
		return failure?.kind === "scripts-prompted" || failure?.kind === "scripts-denied" ? failure.kind : undefined;
	}

	function reportOf(attempt: number): PlaceReport {
		if (report?.attempt !== attempt) report = { attempt, report: readReport() };
		return report.report;
	}

	function perform(effect: Effect) {
		const wanted = () => isWanted(effect.id);
		switch (effect.kind) {
			case "timer":
				task.delay(effect.seconds, () => answer(effect, { kind: "timer" }));
				break;
			case "provoke":
				task.spawn(() => answer(effect, { kind: "provoked", scripts: provoke() }));
				break;
			case "start": {
				const { address, intent, previous } = effect;
				request(effect, () => {
					const facts = reportOf(effect.attempt);
					return { kind: "started", outcome: createBackend(send, address).start(facts, intent, previous) };
				});
				break;
			}
			case "poll": {
				const { address, deviceCode } = effect;
				request(effect, () => ({ kind: "polled", address, outcome: createBackend(send, address).poll(deviceCode) }));
				break;
			}
			case "whoami": {
				const { address, key } = effect;
				request(effect, () => ({ kind: "checked", key, outcome: createBackend(send, address).whoami(key) }));
				break;
			}
			case "revoke":
				revocations.revoke(createBackend(send, effect.address), effect.key);
				break;
			case "install":
				write(effect, () => place.install(effect.grant, effect.address));
				break;
			case "replace":
				write(effect, () => place.replaceKey(effect.from, effect.grant, wanted));
				break;
			case "adopt":
				write(effect, () => place.adopt(effect.found));
				break;
			case "update":
				write(effect, () => place.update(effect.found, wanted));
				break;
			case "remove-copy":
				write(effect, () => place.removeCopy(effect.find));
				break;
			case "finish-draft":
				write(effect, finishDraft);
				break;
			case "withdraw-draft":
				task.spawn(() => answer(effect, { kind: "withdrawn", restored: draft === undefined || draft.undo() }));
				break;
			case "scan":
				task.defer(() => {
					const report = place.scan(wanted);
					if (report !== undefined) answer(effect, { kind: "scanned", report });
				});
				break;
			case "choose-address": {
				const { text } = effect;
				answer(effect, { kind: "address-chosen", text, problem: addresses.choose(text) });
				break;
			}
			case "use-baked-address":
				addresses.useBaked();
				answer(effect, { kind: "address-chosen" });
				break;
			case "release":
				place.release();
				break;
		}
	}

	return { perform, stop: revocations.stop };
}
