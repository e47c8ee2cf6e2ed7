import { CollectionService, ScriptEditorService } from "@rbxts/services";

import { mayHoldKey } from "./keys-in";
import { attributesMayHoldKeys, keySpots, mayHoldKeys } from "./spots";
import { FactsOfClass, textOf } from "./text-properties";
import { everyInstance, passThrough, serviceOf } from "./walk";

/** The Instances that held keys at any time of the search, with these keys. */
export type Holders = Map<Instance, Set<string>>;

export interface Search {
	/** Yields. Undefined if it was stopped, or is not wanted any more. */
	run: () => Holders | undefined;
	stop: () => void;
}

/** Studio may not announce what is typed into these. */
function openScripts(): LuaSourceContainer[] {
	const [read, scripts] = pcall(() => {
		const documents = ScriptEditorService.GetScriptDocuments() as ScriptDocument[];
		return documents.mapFiltered((document) => (document.IsCommandBar() ? undefined : document.GetScript()));
	});
	return read ? scripts : [];
}

/**
 * Looks through the whole place once, in slices, for Instances that hold keys. What comes or changes meanwhile is looked at
 * again, so that a place in which it finds none had none at the end of the first pass. `isWanted`: asked after each slice.
 */
export function createSearch(factsOfClass: FactsOfClass, isWanted: () => boolean): Search {
	const holders: Holders = new Map();
	const connections: RBXScriptConnection[] = [];
	let stopped = false;

	function stop() {
		stopped = true;
		for (const connection of connections) connection.Disconnect();
	}

	function found(instance: Instance) {
		const [read, service] = pcall(serviceOf, instance);
		if (!read || service === undefined) return;
		for (const { key } of keySpots(instance, factsOfClass)) {
			const keys = holders.get(instance) ?? new Set();
			holders.set(instance, keys.add(key));
		}
	}

	/** Of all Instances, but not their attributes and tags. False if Studio has no such signal. */
	function watchProperties(): boolean {
		const [watched] = pcall(() => {
			// eslint-disable-next-line @typescript-eslint/no-deprecated -- All other signals are of one Instance each.
			const connection = game.ItemChanged.Connect((instance, property) => {
				const text = textOf(instance, property);
				if (text !== undefined && mayHoldKey(text)) found(instance);
			});
			connections.push(connection);
		});
		return watched;
	}

	function nextFrame(): boolean {
		task.wait();
		if (!stopped && !isWanted()) stop();
		return !stopped;
	}

	function toEnd(pass: () => boolean): boolean {
		while (!pass()) if (!nextFrame()) return false;
		return true;
	}

	function run(): Holders | undefined {
		const queue = everyInstance();
		connections.push(game.DescendantAdded.Connect((instance) => queue.push(instance)));
		const watched = watchProperties();
		const look = (instance: Instance) => mayHoldKeys(instance, factsOfClass);
		const first = passThrough(queue, look, found);
		// What nothing tells of is read twice.
		const second = passThrough(queue, watched ? attributesMayHoldKeys : look, found);
		// Changes of this frame may be told in the next.
		if (!toEnd(first) || !nextFrame() || !toEnd(second) || !toEnd(first)) return undefined;
		stop();
		for (const instance of openScripts()) found(instance);
		for (const tag of CollectionService.GetAllTags()) {
			if (mayHoldKey(tag)) for (const instance of CollectionService.GetTagged(tag)) found(instance);
		}
		return holders;
	}

	return { run, stop };
}
