/** The module below the managed Script, which gets the key from it. */
export const CLIENT_NAME = "Client";

/** A source is not what stands in it where Studio takes it from an asset instead. */
export function isLinked(instance: LuaSourceContainer): boolean {
	// eslint-disable-next-line @typescript-eslint/no-deprecated -- old places may have it still
	const [read, link] = pcall(() => (instance as Script).LinkedSource as unknown);
	return read && typeIs(link, "string") && link !== "";
}

function sourceOf(instance: Instance): string {
	if (!instance.IsA("LuaSourceContainer")) return "";
	return isLinked(instance) ? "linked" : (instance as ModuleScript).Source.gsub("\r\n", "\n")[0];
}

/** Classes, names and sources of an Instance and all below it: two prints are equal where all of these are. */
export function printOf(instance: Instance): string {
	const below = instance.GetChildren().map(printOf).sort();
	// With their lengths, so that no text can pass for several.
	return [instance.ClassName, instance.Name, sourceOf(instance), ...below]
		.map((text) => `${text.size()}:${text}`)
		.join("");
}

/** The print of whatever a Script calls its Client, of all of them where there are several; undefined where none is. */
export function clientPrint(managed: Instance): string | undefined {
	const clients = managed.GetChildren().filter((child) => child.Name === CLIENT_NAME);
	return clients.isEmpty() ? undefined : clients.map(printOf).join("");
}
