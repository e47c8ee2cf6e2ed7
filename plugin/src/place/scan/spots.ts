import { ScriptEditorService } from "@rbxts/services";

import { keysIn, mayHoldKey } from "./keys-in";
import { FactsOfClass, textOf } from "./text-properties";
import { Spot } from "./types";

/** A key, and all the spots of one Instance that have it. */
export interface KeySpots {
	key: string;
	spots: Spot[];
}

type Report = (text: string, spot: Spot) => void;

/** The source, and what the script editor has where that is different. */
function eachSource(instance: LuaSourceContainer, found: Report): void {
	const [read, source] = pcall(() => (instance as Script).Source);
	if (read) found(source, { kind: "source" });
	const [opened, edited] = pcall(() => ScriptEditorService.GetEditorSource(instance));
	if (opened && (!read || edited !== source)) found(edited, { kind: "editor" });
}

function eachAttribute(instance: Instance, found: Report): void {
	for (const [name, value] of instance.GetAttributes()) {
		found(name, { kind: "attribute-name" });
		if (typeIs(value, "string")) found(value, { kind: "attribute", name });
	}
}

/** All that an Instance says, each part read by itself: Studio keeps some of it from plugins. */
function eachText(instance: Instance, factsOf: FactsOfClass, found: Report): void {
	pcall(() => found(instance.Name, { kind: "name" }));
	pcall(eachAttribute, instance, found);
	pcall(() => {
		for (const tag of instance.GetTags()) found(tag, { kind: "tag" });
	});
	if (instance.IsA("LuaSourceContainer")) eachSource(instance, found);
	for (const name of factsOf(instance).texts) {
		const text = textOf(instance, name);
		if (text !== undefined) found(text, { kind: "property", name });
	}
}

/** The keys in an Instance, without what is below it. */
export function keySpots(instance: Instance, factsOf: FactsOfClass): KeySpots[] {
	const all: KeySpots[] = [];
	eachText(instance, factsOf, (text, spot) => {
		for (const key of keysIn(text)) {
			const known = all.find((each) => each.key === key);
			if (known === undefined) all.push({ key, spots: [spot] });
			else known.spots.push(spot);
		}
	});
	return all;
}

/** Whether the name or the value of an attribute may hold a key. */
export function attributesMayHoldKeys(instance: Instance): boolean {
	for (const [name, value] of instance.GetAttributes()) {
		if (mayHoldKey(name) || (typeIs(value, "string") && mayHoldKey(value))) return true;
	}
	return false;
}

/**
 * Whether it is worth looking for keys in an Instance, tags aside. Errors where Studio keeps something from plugins. Most
 * Instances hold no key, and this is all that is done with them: no closures, and no tables but the attributes.
 */
export function mayHoldKeys(instance: Instance, factsOf: FactsOfClass): boolean {
	if (mayHoldKey(instance.Name)) return true;
	const { isScript, texts } = factsOf(instance);
	for (const name of texts) {
		const text = (instance as unknown as Record<string, unknown>)[name];
		if (typeIs(text, "string") && mayHoldKey(text)) return true;
	}
	if (isScript) {
		if (mayHoldKey(ScriptEditorService.GetEditorSource(instance as Script))) return true;
		if (mayHoldKey((instance as Script).Source)) return true;
	}
	return attributesMayHoldKeys(instance);
}
