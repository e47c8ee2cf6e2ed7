import { Selection } from "@rbxts/services";

import { closeRecording, onUndoOrRedo } from "../studio/history";
import { adopt } from "./adopt";
import { OwnCode } from "./asks";
import { fingerprintOf } from "./client-module";
import { inspect, Inspection, toPlaceState } from "./inspect";
import { install } from "./install";
import { provoke } from "./provoke";
import { replaceKey } from "./replace-key";
import { warnInEditor } from "./scan/editor-warning";
import { createScanner } from "./scan/scanner";
import { syncTools, watchScriptSync } from "./sync-tools";
import { Place } from "./types";
import { update } from "./update";
import { watch } from "./watch";

export type { Find, Meaning, ScanReport, Spot } from "./scan/types";
export type { ServerAddress } from "./server-address";
export { mayGetKeys, parseServerAddress } from "./server-address";
export type {
	Ask,
	Claimant,
	Draft,
	Grant,
	Namesake,
	Place,
	PlaceKey,
	PlaceState,
	Reason,
	Refusal,
	SyncTools,
	Warning,
	WriteFailure,
	WriteResult,
} from "./types";

/** `client`: the game's runtime, mounted in the plugin. */
export function createPlace(client: Instance): Place {
	const own: OwnCode = { client, clientFingerprint: fingerprintOf(client) };

	const scanner = createScanner(own);
	const stopWarning = warnInEditor(own);
	return {
		look: () => {
			const inspection = inspect(own);
			return { place: toPlaceState(inspection), tools: syncTools(inspection) };
		},
		install: (grant, address) => install(own, grant, address),
		replaceKey: (from, grant, isWanted) => replaceKey(own, from, grant, isWanted),
		adopt: (found) => adopt(own, found),
		update: (found, isWanted) => update(own, found, isWanted),
		provoke,
		select: () => Selection.Set(instancesOf(inspect(own))),
		scan: scanner.scan,
		removeCopy: scanner.removeCopy,
		selectFind: scanner.select,
		watch: (callback) => {
			const stops = [watch(callback), watchScriptSync(callback)];
			return () => stops.forEach((stop) => stop());
		},
		release: () => {
			scanner.stop();
			stopWarning();
			closeRecording();
		},
		onUndo: onUndoOrRedo,
	};
}

function instancesOf(inspection: Inspection): Instance[] {
	if (inspection.kind === "none") return [];
	return inspection.kind === "refused" ? inspection.about : [inspection.script];
}
