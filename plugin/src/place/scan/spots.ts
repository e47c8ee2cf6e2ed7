import { ScriptEditorService } from "@rbxts/services";

import { keysIn, mayHoldKey } from "./keys-in";
import { ClassFacts, FactsOfClass, textOf } from "./text-properties";
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

/** Without closures: most Instances hold no key, and this is all that is done with them. */
function hasKeyText(instance: Instance, { isScript, texts }: ClassFacts): boolean {
	if (mayHoldKey(instance.Name)) return true;
	for (const [name, value] of instance.GetAttributes()) {
		if (mayHoldKey(name) || (typeIs(value, "string") && mayHoldKey(value))) return true;
	}
	for (const tag of instance.GetTags()) if (mayHoldKey(tag)) return true;
	for (const name of texts) {
		const value = (instance as unknown as Record<string, unknown>)[name];
		if (typeIs(value, "string") && mayHoldKey(value)) return true;
	}
	if (!isScript) return false;
	if (mayHoldKey((instance as Script).Source)) return true;
	return mayHoldKey(ScriptEditorService.GetEditorSource(instance as Script));
}

/** Whether it is worth looking for keys in an Instance. */
export function mayHoldKeys(instance: Instance, factsOf: FactsOfClass): boolean {
	const [known, facts] = pcall(factsOf, instance);
	if (!known) return false;
	const [read, holds] = pcall(hasKeyText, instance, facts);
	// What cannot be read as a whole is read part by part.
	return !read || holds;
}
