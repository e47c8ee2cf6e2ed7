import { CollectionService, ServerScriptService } from "@rbxts/services";

import { displayText } from "../text/display-text";
import { factsOf } from "./facts";
import { MANAGED_NAME, MANAGED_TAG } from "./marks";
import { keyHint } from "./source";

/** A name shown to the user. */
export function pathOf(instance: Instance): string {
	return displayText(instance.GetFullName());
}

/** The source in the place; undefined if it has none. A script editor may show another one. */
export function sourceOf(instance: Instance): string | undefined {
	return instance.IsA("LuaSourceContainer") ? (instance as Script).Source : undefined;
}

/** Whether a script in ServerScriptService without the tag has Auxvyn's form, or at least its name and a key. */
function looksManaged(instance: LuaSourceContainer): boolean {
	const source = sourceOf(instance) ?? "";
	if (keyHint(source) === undefined) return false;
	if (instance.Name === MANAGED_NAME && instance.Parent === ServerScriptService) return true;
	return instance.ClassName === "Script" && !typeIs(factsOf(source), "string");
}

/** All instances that may be the managed Script or a copy of it, by their names. */
export function findCandidates(): Instance[] {
	const found = CollectionService.GetTagged(MANAGED_TAG);
	for (const instance of ServerScriptService.GetDescendants()) {
		if (!instance.IsA("LuaSourceContainer") || instance.HasTag(MANAGED_TAG)) continue;
		if (looksManaged(instance)) found.push(instance);
	}
	return found.sort((a, b) => a.GetFullName() < b.GetFullName());
}

/** What has the managed Script's name and place without being one, or holding one. */
export function findNamesake(candidates: Instance[]): Instance | undefined {
	return ServerScriptService.GetChildren().find(
		(child) => child.Name === MANAGED_NAME && !candidates.some((one) => one === child || one.IsDescendantOf(child)),
	);
}
