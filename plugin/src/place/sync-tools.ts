import { ServerScriptService, ServerStorage } from "@rbxts/services";

import { displayText } from "../text/display-text";
import { Inspection } from "./inspect";
import { SyncTools } from "./types";

/** Rojo makes it in Team Create, and leaves it behind without a value. */
const ROJO_LOCK = "__Rojo_SessionLock";

/** Script Sync's service. Older versions of Studio have none of it. */
function service(): InstanceFileSyncService | undefined {
	const [found, value] = pcall(() => game.GetService("InstanceFileSyncService"));
	return found ? value : undefined;
}

/** Whether Script Sync writes the scripts in an Instance to this computer's disk. False where Studio does not say. */
export function isOnDisk(instance: Instance): boolean {
	const [read, status] = pcall(() => service()?.GetStatus(instance));
	return read && status !== undefined && status.Name !== "NotSynced";
}

/** The path of the nearest of an Instance and its ancestors that Script Sync writes to disk. */
function syncedPath(instance: Instance): string | undefined {
	let at: Instance | undefined = instance;
	while (at !== undefined && at !== game) {
		if (isOnDisk(at)) return displayText(at.GetFullName());
		at = at.Parent;
	}
	return undefined;
}

function isRojoLocked(): boolean {
	const lock = ServerStorage.FindFirstChild(ROJO_LOCK);
	return lock !== undefined && lock.IsA("ObjectValue") && lock.Value !== undefined;
}

/** Looks at the Script, or at its home as long as there is none. */
export function syncTools(inspection: Inspection): SyncTools {
	const where = inspection.kind === "managed" ? inspection.script : ServerScriptService;
	return { rojo: isRojoLocked(), syncedPath: syncedPath(where) };
}

/** Calls `callback` when Script Sync begins or ends with anything. Returns a function that stops it. */
export function watchScriptSync(callback: () => void): () => void {
	const [connected, connection] = pcall(() => service()?.StatusChanged.Connect(() => callback()));
	return () => {
		if (connected) connection?.Disconnect();
	};
}
