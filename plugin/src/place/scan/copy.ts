import { CLIENT_NAME } from "../client-module";
import { factsOf } from "../facts";
import { isOnlyKey, isOnlyKeySource } from "./only-key";
import { KeySpots } from "./spots";

function hasManagedForm(source: string): boolean {
	const facts = factsOf(source);
	return !typeIs(facts, "string") && facts.form !== "edited";
}

/** Whether what is below a copied managed Script came with it. `isOwnClient`: as this version of the plugin makes it. */
function isOnlyClient(children: Instance[], isOwnClient: (client: Instance) => boolean): boolean {
	return children.every(
		(child) => child.Name === CLIENT_NAME && child.ClassName === "ModuleScript" && isOwnClient(child),
	);
}

/**
 * Whether an Instance is nothing but a copy of one key, so that nothing else is lost with it: a value, a script that only
 * gives the key away, or a copy of the managed Script.
 */
export function isOnlyCopy(instance: Instance, found: KeySpots[], isOwnClient: (client: Instance) => boolean): boolean {
	const [only] = found;
	if (
		only === undefined ||
		found.size() > 1 ||
		!only.spots.every(({ kind }) => kind === "source" || kind === "property")
	) {
		return false;
	}
	const children = instance.GetChildren();
	if (instance.IsA("StringValue")) return children.isEmpty() && isOnlyKey(instance.Value);
	if (!instance.IsA("LuaSourceContainer")) return false;
	const { Source: source } = instance as Script;
	if (hasManagedForm(source)) return isOnlyClient(children, isOwnClient);
	return children.isEmpty() && isOnlyKeySource(source);
}
