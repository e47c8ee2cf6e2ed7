import { ServerScriptService } from "@rbxts/services";

import { KEY_HINT_CHARACTERS } from "../../../shared/key-format.js";
import { displayText } from "../text/display-text";
import { asksOf, contentOf, OwnCode } from "./asks";
import { findCandidates, findNamesake, pathOf, sourceOf } from "./candidates";
import { CLIENT_NAME, clientFingerprint } from "./client-module";
import { judge, Judgement } from "./judge";
import { hasLostMarks, markedKeyId } from "./marks";
import { SourceFacts } from "./source";
import { Claimant, Namesake, PlaceKey, PlaceState, Refusal, Warning } from "./types";

export type Inspection =
	| { kind: "none" }
	| { kind: "managed"; script: Script; found: PlaceKey }
	| { kind: "refused"; refusal: Refusal; about: Instance[] };

function isArchivable(instance: Instance): boolean {
	let at: Instance | undefined = instance;
	while (at !== undefined && at !== ServerScriptService) {
		if (!at.Archivable) return false;
		at = at.Parent;
	}
	return true;
}

function warningsOf(managed: Script): Warning[] {
	const warnings: Warning[] = [];
	if (managed.Disabled) warnings.push("disabled");
	if (!isArchivable(managed)) warnings.push("not-archivable");
	if (managed.FindFirstChild(CLIENT_NAME)?.ClassName !== "ModuleScript") warnings.push("client-missing");
	return warnings;
}

function describe(managed: Script, source: string, facts: SourceFacts, own: OwnCode): PlaceKey {
	const client = clientFingerprint(managed);
	const asks = asksOf(managed, facts, client, own);
	return {
		key: facts.key,
		keyId: markedKeyId(managed),
		hint: facts.key.sub(-KEY_HINT_CHARACTERS),
		address: facts.address,
		apis: facts.apis.map((text) => displayText(text)),
		client,
		path: pathOf(managed),
		form: facts.form,
		lostMarks: hasLostMarks(managed),
		updatable: facts.form === "older" || (facts.form === "current" && client !== own.clientFingerprint),
		asks,
		asked: asks.isEmpty() ? undefined : contentOf(source, facts, client),
		warnings: warningsOf(managed),
	};
}

function claimantsOf(judgements: Judgement[]): Claimant[] {
	const lasting = judgements.filter(({ reasons }) => reasons.isEmpty());
	const kept = lasting.size() === 1 ? lasting[0] : undefined;
	return judgements.map(({ instance, path, hint, facts, reasons }) => ({
		path,
		hint,
		host: facts?.address.host,
		reasons,
		sharesKey:
			kept?.facts !== undefined &&
			kept.instance !== instance &&
			(sourceOf(instance) ?? "").find(kept.facts.key, 1, true)[0] !== undefined,
	}));
}

function namesakeOf(instance: Instance | undefined): Namesake | undefined {
	return instance && { path: pathOf(instance), className: instance.ClassName };
}

/** Judges everything that looks like the managed Script together, so that no advice leads into another refusal. */
export function inspect(own: OwnCode): Inspection {
	const candidates = findCandidates();
	const other = findNamesake(candidates);
	const namesake = namesakeOf(other);
	const about = other === undefined ? candidates : [...candidates, other];
	if (candidates.size() > 1) {
		const claimants = claimantsOf(candidates.map((candidate) => judge(candidate)));
		return { kind: "refused", refusal: { kind: "several", claimants, namesake }, about };
	}
	const [candidate] = candidates;
	const judgement = candidate && judge(candidate);
	const reasons = judgement?.reasons ?? [];
	const [reason] = reasons;
	const more = reasons.filter((each) => each !== reason);
	if (reason !== undefined) return { kind: "refused", refusal: { ...reason, more, namesake }, about };
	if (namesake !== undefined)
		return { kind: "refused", refusal: { kind: "name-taken", ...namesake, hint: judgement?.hint }, about };
	if (candidate === undefined || judgement?.facts === undefined) return { kind: "none" };
	const managed = candidate as Script;
	return { kind: "managed", script: managed, found: describe(managed, managed.Source, judgement.facts, own) };
}

/** What the managed Script would be with the script editor's source; undefined if no key may be written into that. */
export function inspectEditor(managed: Script, source: string, own: OwnCode): PlaceKey | undefined {
	const inspection = inspect(own);
	if (inspection.kind !== "managed" || inspection.script !== managed) return undefined;
	const { facts } = judge(managed, source);
	return facts && describe(managed, source, facts, own);
}

export function toPlaceState(inspection: Inspection): PlaceState {
	if (inspection.kind === "none") return inspection;
	if (inspection.kind === "refused") return { kind: "refused", refusal: inspection.refusal };
	return { kind: "managed", found: inspection.found };
}

/** Whether the user would have to answer for something else than in `accepted`, or the key is another one. */
export function isSame(now: PlaceKey, accepted: PlaceKey): boolean {
	return (
		now.key === accepted.key &&
		now.address.text === accepted.address.text &&
		now.client === accepted.client &&
		now.asked === accepted.asked
	);
}
