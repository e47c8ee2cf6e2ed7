import { Selection } from "@rbxts/services";

import { closeRecording, onUndoOrRedo } from "../studio/history";
import { adopt } from "./adopt";
import { OwnCode } from "./asks";
import { fingerprintOf } from "./client-module";
import { addressRefusal, inspect, Inspection, toPlaceState } from "./inspect";
import { install } from "./install";
import { replaceKey } from "./replace-key";
import { ServerAddress } from "./server-address";
import { Place, Refusal } from "./types";
import { update } from "./update";
import { watch } from "./watch";

export type { ServerAddress } from "./server-address";
export { parseServerAddress } from "./server-address";
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
	Warning,
	WriteFailure,
	WriteResult,
} from "./types";

/** `client`: the game's runtime, mounted in the plugin. */
export function createPlace(client: Instance): Place {
	const own: OwnCode = { client, clientFingerprint: fingerprintOf(client) };

	function refusalFor(intent: "connect" | "reconnect", pluginAddress: ServerAddress): Refusal | undefined {
		const inspection = inspect(own);
		if (inspection.kind === "refused") return inspection.refusal;
		if (inspection.kind === "managed" && intent === "reconnect") return addressRefusal(inspection.found, pluginAddress);
		return undefined;
	}

	return {
		inspect: () => toPlaceState(inspect(own)),
		refusalFor,
		install: (grant, address) => install(own, grant, address),
		replaceKey: (from, grant, isWanted) => replaceKey(own, from, grant, isWanted),
		adopt: (found) => adopt(own, found),
		update: (found, isWanted) => update(own, found, isWanted),
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
