import { Selection } from "@rbxts/services";

import { closeRecording, onUndoOrRedo } from "../studio/history";
import { adopt } from "./adopt";
import { OwnCode } from "./asks";
import { fingerprintOf } from "./client-module";
import { inspect, Inspection, toPlaceState } from "./inspect";
import { install } from "./install";
import { provoke } from "./provoke";
import { replaceKey } from "./replace-key";
import { Place } from "./types";
import { update } from "./update";
import { watch } from "./watch";

export type { ServerAddress } from "./server-address";
export { mayGetKeys, parseServerAddress } from "./server-address";
export type {
	Ask,
	Claimant,
	Draft,
	Find,
	Grant,
	Namesake,
	Place,
	PlaceKey,
	PlaceState,
	Reason,
	Refusal,
	ScanReport,
	Warning,
	WriteFailure,
	WriteResult,
} from "./types";

/** `client`: the game's runtime, mounted in the plugin. */
export function createPlace(client: Instance): Place {
	const own: OwnCode = { client, clientFingerprint: fingerprintOf(client) };

	return {
		inspect: () => toPlaceState(inspect(own)),
		install: (grant, address) => install(own, grant, address),
		replaceKey: (from, grant, isWanted) => replaceKey(own, from, grant, isWanted),
		adopt: (found) => adopt(own, found),
		update: (found, isWanted) => update(own, found, isWanted),
		removeCopy: () => ({ kind: "changed" }),
		scan: () => ({ finds: [] }),
		provoke,
		select: () => Selection.Set(instancesOf(inspect(own))),
		watch,
		release: closeRecording,
		onUndo: onUndoOrRedo,
	};
}

function instancesOf(inspection: Inspection): Instance[] {
	if (inspection.kind === "none") return [];
	return inspection.kind === "refused" ? inspection.about : [inspection.script];
}
