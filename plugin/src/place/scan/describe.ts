import { KEY_HINT_CHARACTERS } from "../../../../shared/key-format.js";
import { displayText } from "../../text/display-text";
import { OwnCode } from "../asks";
import { pathOf } from "../candidates";
import { fingerprintOf } from "../client-module";
import { Inspection } from "../inspect";
import { isInPackage } from "../judge";
import { isOnDisk } from "../sync-tools";
import { isOnlyCopy } from "./copy";
import { meaningOf } from "./meaning";
import { keySpots } from "./spots";
import { FactsOfClass } from "./text-properties";
import { Find, Spot } from "./types";
import { serviceOf } from "./walk";

/** A find with what the rest of the plugin must not have. */
export interface Found {
	find: Find;
	instance: Instance;
	key: string;
}

function isInSource({ kind }: Spot): boolean {
	return kind === "source" || kind === "editor";
}

/** All finds in one Instance, as it is now. `inspection`: of the place as it is now. */
export function describe(
	instance: Instance,
	inspection: Inspection,
	factsOfClass: FactsOfClass,
	own: OwnCode,
): Found[] {
	const home = serviceOf(instance);
	if (home === undefined) return [];
	const found = keySpots(instance, factsOfClass);
	const inPackage = isInPackage(instance);
	const isOwnClient = (client: Instance) => fingerprintOf(client) === own.clientFingerprint;

	const toFound = (key: string, spots: Spot[], isOwn: boolean): Found => {
		const meaning = meaningOf(home.ClassName, isOwn);
		const find: Find = {
			id: "",
			path: pathOf(instance),
			className: instance.ClassName,
			hint: key.sub(-KEY_HINT_CHARACTERS),
			spots: spots.map((spot) => ("name" in spot ? { kind: spot.kind, name: displayText(spot.name) } : spot)),
			meaning,
			home: displayText(home.Name),
			inPackage,
			inUse: inspection.kind === "managed" && inspection.found.key === key,
			onDisk: spots.some(isInSource) && isOnDisk(instance),
			removable: meaning === "exposed" && !inPackage && isOnlyCopy(instance, found, isOwnClient),
		};
		return { find, instance, key };
	};

	const all: Found[] = [];
	for (const { key, spots } of found) {
		const isOwnKey = inspection.kind === "managed" && inspection.script === instance && inspection.found.key === key;
		const legitimate = isOwnKey ? spots.filter(isInSource) : [];
		const others = spots.filter((spot) => !legitimate.includes(spot));
		if (!others.isEmpty()) all.push(toFound(key, others, false));
		if (!legitimate.isEmpty()) all.push(toFound(key, legitimate, true));
	}
	return all;
}
