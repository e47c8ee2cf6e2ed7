import { ScriptEditorService } from "@rbxts/services";

import { beginRecording } from "../studio/history";
import { sleep } from "../studio/sleep";
import { inspect, KEY_ID_ATTRIBUTE } from "./inspect";
import { readSource, replaceKeyLiteral } from "./source";
import { Grant, PlaceKey, WriteFailure, WriteResult } from "./types";
import { writeFailureOf } from "./write-failure";

/** Studio gives no time limit of its own; after this long the change is given up. */
const PATIENCE_SECONDS = 20;

/**
 * Replaces one key literal by another through the script editor. Yields. Returns what went wrong, as far as Studio says;
 * once it has returned, nothing is written any more.
 */
function exchange(managed: Script, from: string, to: string, isAllowed: () => boolean): WriteFailure | undefined {
	let open = true;
	const failure = sleep<WriteFailure>((wake) => {
		task.delay(PATIENCE_SECONDS, () => wake({ kind: "no-answer" }));
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

/** Whether the old key stands in the place again, both in what is saved and in what an open editor shows. */
function restore(managed: Script, from: string, to: string): boolean {
	if (editorKey(managed) === to || keyIn(managed.Source) === to) {
		exchange(managed, to, from, () => true);
		if (keyIn(managed.Source) === to) {
			const source = replaceKeyLiteral(managed.Source, to, from);
			if (source !== undefined) pcall(() => (managed.Source = source));
		}
	}
	return keyIn(managed.Source) === from && editorKey(managed) !== to;
}

/** Whether the key would go where it would have gone when `from` was seen. */
function isSame(now: PlaceKey, from: PlaceKey): boolean {
	return now.key === from.key && now.address.text === from.address.text && now.client === from.client;
}

/** Rotates the one managed Script from the key that `from` saw to the granted one. */
export function replaceKey(from: PlaceKey, grant: Grant, isWanted: () => boolean): WriteResult {
	const before = inspect();
	if (before.kind === "refused") return before;
	if (before.kind === "none" || !isSame(before.found, from)) return { kind: "changed" };
	const recording = beginRecording("Replace the key");
	if (recording === undefined) return { kind: "busy" };

	const managed = before.script;
	const stillRight = () => {
		const now = inspect();
		return now.kind === "managed" && now.script === managed && isSame(now.found, from) && isWanted();
	};
	const thrown = exchange(managed, from.key, grant.key, stillRight);
	const after = inspect();
	const stands = after.kind === "managed" && after.script === managed && after.found.key === grant.key;
	const [marked] = pcall(() => {
		if (stands && isWanted()) managed.SetAttribute(KEY_ID_ATTRIBUTE, grant.keyId);
	});
	if (stands && isWanted() && marked) {
		recording.close(true);
		return { kind: "written", path: after.found.path, warnings: after.found.warnings };
	}
	const drafted = editorKey(managed) === grant.key && keyIn(managed.Source) === from.key;
	const untouched = thrown === undefined && !stands && !drafted && keyIn(managed.Source) === from.key;
	const restored = restore(managed, from.key, grant.key);
	pcall(() => {
		if (managed.GetAttribute(KEY_ID_ATTRIBUTE) !== from.keyId) managed.SetAttribute(KEY_ID_ATTRIBUTE, from.keyId);
	});
	recording.close(false);
	if (untouched && restored) return { kind: "changed" };
	return { kind: "failed", failure: thrown ?? { kind: drafted ? "draft" : "not-kept" }, restored };
}
