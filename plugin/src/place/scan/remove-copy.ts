import { beginRecording } from "../../studio/history";
import { pathOf } from "../candidates";
import { WriteResult } from "../types";
import { writeFailureOf } from "../write-failure";

/** Takes an Instance out of the place, so that undo brings it back. `isCopy`: asked right before. Does not yield. */
export function removeInstance(instance: Instance, isCopy: () => boolean): WriteResult {
	if (!isCopy()) return { kind: "changed" };
	const path = pathOf(instance);
	const recording = beginRecording("Remove a copy of the key");
	if (recording === undefined) return { kind: "busy" };
	const { Parent: parent } = instance;
	const [removed, thrown] = pcall(() => {
		if (isCopy()) instance.Parent = undefined;
	});
	if (removed && instance.Parent === undefined) {
		recording.close(true);
		return { kind: "written", path, warnings: [] };
	}
	recording.close(false);
	if (removed) return { kind: "changed" };
	return { kind: "failed", failure: writeFailureOf(thrown), restored: instance.Parent === parent };
}
