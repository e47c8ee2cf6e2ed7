import { CollectionService, ServerScriptService, ServerStorage } from "@rbxts/services";

import { KEY_HINT_CHARACTERS } from "../../../shared/key-format.js";
import { displayText } from "../text/display-text";
import { CLIENT_NAME, clientFingerprint, isLinked } from "./client-module";
import { ServerAddress } from "./server-address";
import { keyHint, readSource } from "./source";
import { PlaceKey, PlaceState, Refusal, Warning } from "./types";

export const MANAGED_NAME = "Auxvyn";
export const MANAGED_TAG = "AuxvynKey";
export const KEY_ID_ATTRIBUTE = "AuxvynKeyId";
export const SCHEMA_ATTRIBUTE = "AuxvynSchema";

export type Inspection =
	{ kind: "none" } | { kind: "managed"; script: Script; found: PlaceKey } | { kind: "refused"; refusal: Refusal };

function hintIn(instance: Instance): string | undefined {
	return instance.IsA("LuaSourceContainer") ? keyHint((instance as Script).Source) : undefined;
}

function homeOf(instance: Instance): string {
	let at = instance;
	while (at.Parent !== undefined && at.Parent !== game) at = at.Parent;
	return displayText(at.Name);
}

function pathOf(instance: Instance): string {
	return displayText(instance.GetFullName());
}

function isInPackage(instance: Instance): boolean {
	let at: Instance | undefined = instance;
	while (at !== undefined && at !== game) {
		if (at.FindFirstChildOfClass("PackageLink") !== undefined) return true;
		at = at.Parent;
	}
	return false;
}

/** Why the key in `instance` may have leaked, or why it does not run where it is. */
function exposure(instance: Instance): Refusal | undefined {
	const path = pathOf(instance);
	const hint = hintIn(instance);
	const inside = instance.IsDescendantOf(ServerScriptService);
	if (!inside && !instance.IsDescendantOf(ServerStorage)) {
		return { kind: "exposed", path, home: homeOf(instance), hint };
	}
	if (instance.ClassName !== "Script") return { kind: "wrong-class", path, className: instance.ClassName, hint };
	const runContext = (instance as Script).RunContext;
	if (runContext !== Enum.RunContext.Legacy && runContext !== Enum.RunContext.Server) {
		return { kind: "run-context", path, runContext: runContext.Name, hint };
	}
	return inside ? undefined : { kind: "outside-home", path, home: homeOf(instance) };
}

function isArchivable(instance: Instance): boolean {
	let at: Instance | undefined = instance;
	while (at !== undefined && at !== ServerScriptService) {
		if (!at.Archivable) return false;
		at = at.Parent;
	}
	return true;
}

function warningsOf(managed: Script): Warning[] {
	const warnings: Warning[] = [];
	if (managed.Disabled) warnings.push("disabled");
	if (!isArchivable(managed)) warnings.push("not-archivable");
	if (managed.FindFirstChild(CLIENT_NAME)?.ClassName !== "ModuleScript") warnings.push("client-missing");
	return warnings;
}

function inspectManaged(managed: Script): Inspection {
	const path = pathOf(managed);
	if (isInPackage(managed)) return { kind: "refused", refusal: { kind: "in-package", path, hint: hintIn(managed) } };
	if (managed.FindFirstAncestorOfClass("Actor")) return { kind: "refused", refusal: { kind: "in-actor", path } };
	const facts = isLinked(managed) ? "edited" : readSource(managed.Source);
	if (typeIs(facts, "string")) {
		const kind = facts === "address" ? "bad-address" : facts;
		return { kind: "refused", refusal: { kind, path, hint: hintIn(managed) } };
	}
	const keyId = managed.GetAttribute(KEY_ID_ATTRIBUTE);
	return {
		kind: "managed",
		script: managed,
		found: {
			key: facts.key,
			keyId: typeIs(keyId, "string") ? keyId : undefined,
			hint: facts.key.sub(-KEY_HINT_CHARACTERS),
			address: facts.address,
			apis: facts.apis.map((text) => displayText(text)),
			client: clientFingerprint(managed),
			path,
			warnings: warningsOf(managed),
		},
	};
}

/** Inspects the whole place without changing it. Exposed keys are reported before anything else. */
export function inspect(): Inspection {
	const tagged = CollectionService.GetTagged(MANAGED_TAG);
	for (const instance of tagged) {
		const refusal = exposure(instance);
		if (refusal !== undefined) return { kind: "refused", refusal };
	}
	const [managed] = tagged;
	if (tagged.size() > 1) {
		return { kind: "refused", refusal: { kind: "several", paths: tagged.map(pathOf).sort() } };
	}
	for (const child of ServerScriptService.GetChildren()) {
		if (child.Name === MANAGED_NAME && child !== managed) {
			const path = pathOf(child);
			return { kind: "refused", refusal: { kind: "name-taken", path, className: child.ClassName } };
		}
	}
	return managed === undefined ? { kind: "none" } : inspectManaged(managed as Script);
}

/** What the rest of the plugin may know. `pluginClient`: the fingerprint of the plugin's own Client. */
export function toPlaceState(inspection: Inspection, pluginClient: string): PlaceState {
	if (inspection.kind !== "managed") return inspection;
	const { found } = inspection;
	const isOwn = found.client === undefined || found.client === pluginClient;
	return { kind: "managed", found: isOwn ? found : { ...found, warnings: [...found.warnings, "client-changed"] } };
}

/** Refuses a key for a server other than the one the plugin is set to. */
export function addressRefusal(found: PlaceKey, pluginAddress: ServerAddress): Refusal | undefined {
	if (found.address.text === pluginAddress.text) return undefined;
	return { kind: "other-address", path: found.path, keyAddress: found.address, pluginAddress };
}
