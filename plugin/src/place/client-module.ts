/** The module below the managed Script, which receives the key from it. */
export const CLIENT_NAME = "Client";

/** Studio runs a linked asset instead of the script's own Source. */
export function isLinked(instance: LuaSourceContainer): boolean {
	// eslint-disable-next-line @typescript-eslint/no-deprecated -- old places may still use it
	const [read, link] = pcall(() => (instance as Script).LinkedSource as unknown);
	return read && typeIs(link, "string") && link !== "";
}

function sourceOf(instance: Instance): string {
	if (!instance.IsA("LuaSourceContainer")) return "";
	return isLinked(instance) ? "linked" : (instance as ModuleScript).Source.gsub("\r\n", "\n")[0];
}

/** Covers the class, name and source of an Instance and all its descendants. */
export function fingerprintOf(instance: Instance): string {
	const below = instance.GetChildren().map(fingerprintOf).sort();
	// Length prefixes keep concatenated texts unambiguous.
	return [instance.ClassName, instance.Name, sourceOf(instance), ...below]
		.map((text) => `${text.size()}:${text}`)
		.join("");
}

/** The fingerprint of a Script's Client; of all of them if there are several, undefined if there is none. */
export function clientFingerprint(managed: Instance): string | undefined {
	const clients = managed.GetChildren().filter((child) => child.Name === CLIENT_NAME);
	return clients.isEmpty() ? undefined : clients.map(fingerprintOf).join("");
}
