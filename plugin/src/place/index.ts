import { closeRecording, onUndoOrRedo } from "../studio/history";
import { printOf } from "./client-module";
import { addressRefusal, asLook, inspect } from "./inspect";
import { install } from "./install";
import { replaceKey } from "./replace-key";
import { ServerAddress } from "./server-address";
import { Place, Refusal } from "./types";

export type { ServerAddress } from "./server-address";
export { parseServerAddress } from "./server-address";
export type { Grant, Look, Place, PlaceKey, Refusal, Warning, WriteFailure, WriteResult } from "./types";

function refusalFor(intent: "connect" | "reconnect", ours: ServerAddress): Refusal | undefined {
	const inspection = inspect();
	if (inspection.kind === "refused") return inspection.refusal;
	if (inspection.kind === "managed" && intent === "reconnect") return addressRefusal(inspection.found, ours);
	return undefined;
}

/** `client` is the game's runtime, as it is mounted in the plugin; copies of it go below the managed Script. */
export function createPlace(client: Instance): Place {
	const ownClient = printOf(client);
	return {
		look: () => asLook(inspect(), ownClient),
		refusalFor,
		install: (grant, address) => install(grant, address, client),
		replaceKey,
		release: closeRecording,
		onUndo: onUndoOrRedo,
	};
}
