import { closeRecording, onUndoOrRedo } from "../studio/history";
import { fingerprintOf } from "./client-module";
import { addressRefusal, inspect, toPlaceState } from "./inspect";
import { install } from "./install";
import { replaceKey } from "./replace-key";
import { ServerAddress } from "./server-address";
import { Place, Refusal } from "./types";

export type { ServerAddress } from "./server-address";
export { parseServerAddress } from "./server-address";
export type { Grant, Place, PlaceKey, PlaceState, Refusal, Warning, WriteFailure, WriteResult } from "./types";

function refusalFor(intent: "connect" | "reconnect", pluginAddress: ServerAddress): Refusal | undefined {
	const inspection = inspect();
	if (inspection.kind === "refused") return inspection.refusal;
	if (inspection.kind === "managed" && intent === "reconnect") return addressRefusal(inspection.found, pluginAddress);
	return undefined;
}

/** `client` is the game's runtime, mounted in the plugin; it is cloned below the managed Script. */
export function createPlace(client: Instance): Place {
	const pluginClient = fingerprintOf(client);
	return {
		inspect: () => toPlaceState(inspect(), pluginClient),
		refusalFor,
		install: (grant, address) => install(grant, address, client),
		replaceKey,
		release: closeRecording,
		onUndo: onUndoOrRedo,
	};
}
