import { ServerScriptService, ServerStorage } from "@rbxts/services";

import { displayText } from "../text/display-text";
import { pathOf, sourceOf } from "./candidates";
import { isLinked } from "./client-module";
import { factsOf } from "./facts";
import { keyHint, SourceFacts } from "./source";
import { Reason } from "./types";

/** What is wrong with one candidate by itself. */
export interface Judgement {
	instance: Instance;
	path: string;
	hint?: string;
	/** Undefined if the source cannot be used, or was not looked at because the key counts as leaked. */
	facts?: SourceFacts;
	/** Undefined: its key can be replaced where it is. */
	reasons: Reason[];
}

function homeOf(instance: Instance): string {
	let at = instance;
	while (at.Parent !== undefined && at.Parent !== game) at = at.Parent;
	return displayText(at.Name);
}

export function isInPackage(instance: Instance): boolean {
	let at: Instance | undefined = instance;
	while (at !== undefined && at !== game) {
		if (at.FindFirstChildOfClass("PackageLink") !== undefined) return true;
		at = at.Parent;
	}
	return false;
}

/** Why players may have read the key. */
function leak(instance: Instance, path: string, hint: string | undefined): Reason | undefined {
	if (!instance.IsDescendantOf(ServerScriptService) && !instance.IsDescendantOf(ServerStorage)) {
		return { kind: "exposed", path, home: homeOf(instance), hint };
	}
	if (instance.ClassName !== "Script") return { kind: "wrong-class", path, className: instance.ClassName, hint };
	const { RunContext: runContext } = instance as Script;
	if (runContext !== Enum.RunContext.Legacy && runContext !== Enum.RunContext.Server) {
		return { kind: "run-context", path, runContext: runContext.Name, hint };
	}
	return undefined;
}

/** Why the Script has to be moved. */
function misplacement(instance: Instance, path: string, hint: string | undefined): Reason[] {
	const reasons: Reason[] = [];
	if (isInPackage(instance)) reasons.push({ kind: "in-package", path, hint });
	if (instance.FindFirstAncestorOfClass("Actor")) reasons.push({ kind: "in-actor", path });
	if (!instance.IsDescendantOf(ServerScriptService)) {
		reasons.push({ kind: "outside-home", path, home: homeOf(instance) });
	}
	return reasons;
}

/** `source`: as it is in the place, unless the script editor's is judged. */
export function judge(instance: Instance, source = sourceOf(instance) ?? ""): Judgement {
	const path = pathOf(instance);
	const hint = keyHint(source);
	const leaked = leak(instance, path, hint);
	if (leaked !== undefined) return { instance, path, hint, reasons: [leaked] };
	const reasons = misplacement(instance, path, hint);
	if (isLinked(instance as Script)) {
		return { instance, path, hint, reasons: [...reasons, { kind: "linked", path, hint }] };
	}
	const facts = factsOf(source);
	if (!typeIs(facts, "string")) return { instance, path, hint, facts, reasons };
	const kind = facts === "address" ? "bad-address" : facts;
	return { instance, path, hint, reasons: [...reasons, { kind, path, hint }] };
}
