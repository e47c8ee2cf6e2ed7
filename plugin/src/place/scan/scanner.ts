import { Selection } from "@rbxts/services";

import { KEY_HINT_CHARACTERS } from "../../../../shared/key-format.js";
import { displayText } from "../../text/display-text";
import { OwnCode } from "../asks";
import { pathOf } from "../candidates";
import { fingerprintOf } from "../client-module";
import { inspect, Inspection } from "../inspect";
import { isInPackage } from "../judge";
import { isOnDisk } from "../sync-tools";
import { WriteResult } from "../types";
import { isOnlyCopy } from "./copy";
import { compareMeanings, meaningOf } from "./meaning";
import { removeInstance } from "./remove-copy";
import { keySpots, mayHoldKeys } from "./spots";
import { createFactsOfClass } from "./text-properties";
import { Find, ScanReport, Spot } from "./types";
import { createWalk, Walk } from "./walk";

/** A find with what the rest of the plugin must not have. */
interface Found {
	find: Find;
	instance: Instance;
	key: string;
}

export interface Scanner {
	/** Looks for keys in the whole place. Yields. Undefined if it was not wanted any more, or stopped. */
	scan: (isWanted: () => boolean) => ScanReport | undefined;
	/** Removes the copy with that id in the last report. One undoable step. Does not yield. */
	removeCopy: (id: string) => WriteResult;
	/** Selects it in the Explorer. */
	select: (id: string) => void;
	stop: () => void;
}

function serviceOf(instance: Instance): Instance | undefined {
	let at = instance;
	while (at.Parent !== undefined && at.Parent !== game) at = at.Parent;
	return at.Parent === game ? at : undefined;
}

function isInSource({ kind }: Spot): boolean {
	return kind === "source" || kind === "editor";
}

export function createScanner(own: OwnCode): Scanner {
	const factsOfClass = createFactsOfClass();
	let last: Found[] = [];
	let walk: Walk | undefined;

	const isOwnClient = (client: Instance) => fingerprintOf(client) === own.clientFingerprint;

	/** All finds in one Instance, as it is now. `inspection`: of the place as it is now. */
	function describe(instance: Instance, inspection: Inspection): Found[] {
		const home = serviceOf(instance);
		if (home === undefined) return [];
		const managed = inspection.kind === "managed" ? inspection : undefined;
		const found = keySpots(instance, factsOfClass);
		const inPackage = isInPackage(instance);
		const toFind = (key: string, spots: Spot[], isOwn: boolean): Found => {
			const meaning = meaningOf(home.ClassName, isOwn);
			const isScript = spots.some(isInSource);
			const find: Find = {
				id: "",
				path: pathOf(instance),
				className: instance.ClassName,
				hint: key.sub(-KEY_HINT_CHARACTERS),
				spots: spots.map((spot) => ("name" in spot ? { kind: spot.kind, name: displayText(spot.name) } : spot)),
				meaning,
				home: displayText(home.Name),
				inPackage,
				onDisk: isScript && isOnDisk(instance),
				removable: meaning === "exposed" && !inPackage && isOnlyCopy(instance, found, isOwnClient),
			};
			return { find, instance, key };
		};
		const all: Found[] = [];
		for (const { key, spots } of found) {
			const isOwnKey = managed?.script === instance && managed.found.key === key;
			const legitimate = isOwnKey ? spots.filter(isInSource) : [];
			const others = spots.filter((spot) => !legitimate.includes(spot));
			if (!others.isEmpty()) all.push(toFind(key, others, false));
			if (!legitimate.isEmpty()) all.push(toFind(key, legitimate, true));
		}
		return all;
	}

	function report(instances: Set<Instance>): ScanReport {
		// Read again: the place may have changed while the rest was looked at.
		const inspection = inspect(own);
		last = [];
		for (const instance of instances) for (const found of describe(instance, inspection)) last.push(found);
		last.sort((a, b) => {
			const order = compareMeanings(a.find.meaning, b.find.meaning);
			return order === 0 ? a.find.path < b.find.path : order < 0;
		});
		last.forEach(({ find }, index) => (find.id = `${index + 1}`));
		return { finds: last.map(({ find }) => find) };
	}

	return {
		scan: (isWanted) => {
			walk?.stop();
			const current = createWalk(isWanted);
			walk = current;
			const holders = new Set<Instance>();
			const isDone = current.run((instance) => {
				if (mayHoldKeys(instance, factsOfClass)) holders.add(instance);
			});
			return isDone && isWanted() ? report(holders) : undefined;
		},
		removeCopy: (id) => {
			const found = last.find(({ find }) => find.id === id);
			if (found === undefined) return { kind: "changed" };
			const { instance, key } = found;
			return removeInstance(instance, () =>
				describe(instance, inspect(own)).some((now) => now.key === key && now.find.removable),
			);
		},
		select: (id) => {
			const found = last.find(({ find }) => find.id === id);
			if (found !== undefined) pcall(() => Selection.Set([found.instance]));
		},
		stop: () => walk?.stop(),
	};
}
