import { CollectionService, ServerScriptService } from "@rbxts/services";

import { onUndoOrRedo } from "../studio/history";
import { findCandidates } from "./candidates";
import { MANAGED_NAME, MANAGED_TAG } from "./marks";

/** Changes that come together are reported together. */
const DELAY_SECONDS = 0.2;

const PROPERTIES = new Set(["Source", "LinkedSource", "RunContext", "Disabled", "Enabled", "Archivable", "Name"]);

function matters(instance: Instance): boolean {
	const isNamesake = instance.Name === MANAGED_NAME && instance.Parent === ServerScriptService;
	return isNamesake || instance.IsA("LuaSourceContainer") || instance.IsA("PackageLink");
}

/** What can make one instance the managed Script, or change it. */
function watchScript(instance: Instance, changed: () => void, connections: RBXScriptConnection[]): void {
	connections.push(
		(instance.Changed as RBXScriptSignal<(property: string) => void>).Connect((property) => {
			if (PROPERTIES.has(property)) changed();
		}),
		// Studio may announce an edited source only here.
		(instance as Script).GetPropertyChangedSignal("Source").Connect(changed),
	);
}

function watchCandidate(instance: Instance, changed: () => void, connections: RBXScriptConnection[]): void {
	connections.push(
		instance.AncestryChanged.Connect(changed),
		instance.AttributeChanged.Connect(changed),
		instance.DescendantAdded.Connect(changed),
		instance.DescendantRemoving.Connect(changed),
	);
	let above = instance.Parent;
	while (above !== undefined && above !== ServerScriptService && above !== game) {
		connections.push(above.GetPropertyChangedSignal("Archivable").Connect(changed));
		above = above.Parent;
	}
}

/** Every script that is, or can become, the managed one or a part of it. */
function watchedScripts(candidates: Instance[]): Set<Instance> {
	const scripts = new Set<Instance>();
	for (const root of [ServerScriptService, ...candidates]) {
		for (const instance of [root, ...root.GetDescendants()]) {
			if (instance.IsA("LuaSourceContainer")) scripts.add(instance);
		}
	}
	return scripts;
}

/** Calls `callback` soon after anything changed that `inspect` looks at. */
export function watch(callback: () => void): () => void {
	let stopped = false;
	let isDue = false;
	let onInstances = new Array<RBXScriptConnection>();

	function disconnectInstances() {
		for (const connection of onInstances) connection.Disconnect();
		onInstances = [];
	}

	function connectInstances() {
		disconnectInstances();
		const candidates = findCandidates();
		for (const candidate of candidates) watchCandidate(candidate, changed, onInstances);
		for (const instance of watchedScripts(candidates)) watchScript(instance, changed, onInstances);
	}

	function changed() {
		if (isDue) return;
		isDue = true;
		task.delay(DELAY_SECONDS, () => {
			isDue = false;
			if (stopped) return;
			connectInstances();
			callback();
		});
	}

	const onInstance = (instance: Instance) => {
		if (matters(instance)) changed();
	};
	const lasting = [
		CollectionService.GetInstanceAddedSignal(MANAGED_TAG).Connect(changed),
		CollectionService.GetInstanceRemovedSignal(MANAGED_TAG).Connect(changed),
		ServerScriptService.DescendantAdded.Connect(onInstance),
		ServerScriptService.DescendantRemoving.Connect(onInstance),
	];
	const stopHistory = onUndoOrRedo(changed);
	connectInstances();
	return () => {
		stopped = true;
		disconnectInstances();
		for (const connection of lasting) connection.Disconnect();
		stopHistory();
	};
}
