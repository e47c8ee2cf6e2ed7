import { ScriptEditorService } from "@rbxts/services";

import { beginRecording } from "../studio/history";
import { sleep } from "../studio/sleep";
import { inspect, KEY_ID_ATTRIBUTE } from "./inspect";
import { readSource, replaceKeyLiteral } from "./source";
import { Grant, PlaceKey, WriteFailure, WriteResult } from "./types";
import { writeFailureOf } from "./write-failure";

/** UpdateSourceAsync has no timeout of its own. */
const UPDATE_TIMEOUT_SECONDS = 20;

/**
 * Replaces one key literal with another through the script editor. Yields. Returns what went wrong, as far as Studio
 * reports it; nothing is written after it has returned.
 */
function swapKey(managed: Script, from: string, to: string, isAllowed: () => boolean): WriteFailure | undefined {
	let open = true;
	const failure = sleep<WriteFailure>((wake) => {
		task.delay(UPDATE_TIMEOUT_SECONDS, () => wake({ kind: "timed-out" }));
		task.spawn(() => {
			const [done, thrown] = pcall(() => {
				ScriptEditorService.UpdateSourceAsync(managed, (current: string) =>
					open && isAllowed() ? replaceKeyLiteral(current, from, to) : undefined,
				);
			});
			wake(done ? undefined : writeFailureOf(thrown));
		});
	});
	open = false;
	return failure;
}

function keyIn(source: string): string | undefined {
	const facts = readSource(source);
	return typeIs(facts, "string") ? undefined : facts.key;
}

function editorKey(managed: Script): string | undefined {
	const [read, source] = pcall(() => ScriptEditorService.GetEditorSource(managed));
	return read ? keyIn(source) : keyIn(managed.Source);
}

/** Puts the old key back. True if both the saved source and an open editor have it again. */
function restore(managed: Script, from: string, to: string): boolean {
	if (editorKey(managed) === to || keyIn(managed.Source) === to) {
		swapKey(managed, to, from, () => true);
		if (keyIn(managed.Source) === to) {
			const source = replaceKeyLiteral(managed.Source, to, from);
			if (source !== undefined) pcall(() => (managed.Source = source));
		}
	}
	return keyIn(managed.Source) === from && editorKey(managed) !== to;
}

/** Whether the key, its address and its Client are unchanged. */
function isSame(now: PlaceKey, from: PlaceKey): boolean {
	return now.key === from.key && now.address.text === from.address.text && now.client === from.client;
}

/** Replaces the key of the managed Script, if it is still the one in `from`, with the granted one. */
export function replaceKey(from: PlaceKey, grant: Grant, isWanted: () => boolean): WriteResult {
	const before = inspect();
	if (before.kind === "refused") return before;
	if (before.kind === "none" || !isSame(before.found, from)) return { kind: "changed" };
	const recording = beginRecording("Replace the key");
	if (recording === undefined) return { kind: "busy" };

	const managed = before.script;
	const mayWrite = () => {
		const now = inspect();
		return now.kind === "managed" && now.script === managed && isSame(now.found, from) && isWanted();
	};
	const thrown = swapKey(managed, from.key, grant.key, mayWrite);
	const after = inspect();
	const replaced = after.kind === "managed" && after.script === managed && after.found.key === grant.key;
	const [attributeSet] = pcall(() => {
		if (replaced && isWanted()) managed.SetAttribute(KEY_ID_ATTRIBUTE, grant.keyId);
	});
	if (replaced && isWanted() && attributeSet) {
		recording.close(true);
		return { kind: "written", path: after.found.path, warnings: after.found.warnings };
	}
	const drafted = editorKey(managed) === grant.key && keyIn(managed.Source) === from.key;
	const untouched = thrown === undefined && !replaced && !drafted && keyIn(managed.Source) === from.key;
	const restored = restore(managed, from.key, grant.key);
	pcall(() => {
		if (managed.GetAttribute(KEY_ID_ATTRIBUTE) !== from.keyId) managed.SetAttribute(KEY_ID_ATTRIBUTE, from.keyId);
	});
	recording.close(false);
	if (untouched && restored) return { kind: "changed" };
	return { kind: "failed", failure: thrown ?? { kind: drafted ? "draft" : "not-kept" }, restored };
}
