import { beginRecording } from "../studio/history";
import { OwnCode } from "./asks";
import { inspect, isSame } from "./inspect";
import { keepMarks, mark } from "./marks";
import { PlaceKey, WriteResult } from "./types";
import { writeFailureOf } from "./write-failure";

/** Gives the managed Script its tag and attributes back, with `found.keyId`. Its source stays. */
export function adopt(own: OwnCode, found: PlaceKey): WriteResult {
	const before = inspect(own);
	if (before.kind === "refused") return { kind: "refused", refusal: before.refusal };
	if (before.kind === "none" || !isSame(before.found, found)) return { kind: "changed" };
	const recording = beginRecording("Adopt the Script");
	if (recording === undefined) return { kind: "busy" };

	const managed = before.script;
	const restoreMarks = keepMarks(managed);
	const [marked, thrown] = pcall(() => mark(managed, found.keyId));
	const { path, warnings } = before.found;
	if (marked) {
		recording.close(true);
		return { kind: "written", path, warnings };
	}
	const restored = restoreMarks();
	recording.close(false);
	return { kind: "failed", failure: writeFailureOf(thrown), restored };
}
