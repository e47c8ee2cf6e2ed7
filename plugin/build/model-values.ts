/** CDATA sections hold script sources: anything that looks like an Item in there is text. */
const SECTIONS = /<!\[CDATA\[[\s\S]*?\]\]>|<Item class="StringValue"[^>]*>\s*<Properties>([\s\S]*?)<\/Properties>/g;
const VALUE = /<string name="Value">([^<]*)<\/string>/;

/** StringValues of the built plugin that are set after rojo has built it. */
export type ValueName = "ServerAddress" | "Version";

/** Sets the server address in the built plugin to `publicUrl`. Throws as `setValue` does. */
export function bakeAddress(rbxmx: string, publicUrl: string): string {
	return setValue(rbxmx, "ServerAddress", publicUrl);
}

/** Throws unless the model has exactly one StringValue of this name, or if XML cannot represent the value. */
export function setValue(rbxmx: string, name: ValueName, value: string): string {
	// XML 1.0 cannot represent these.
	if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(value)) {
		throw new Error(`${name} contains a control character, which a Roblox model file cannot represent.`);
	}
	const { section, index } = findValue(rbxmx, name);
	const changed = section.replace(VALUE, () => `<string name="Value">${escapeXml(value)}</string>`);
	return rbxmx.slice(0, index) + changed + rbxmx.slice(index + section.length);
}

/** The value as XML has it: for values without `&` or `<`. Throws unless the model has exactly one of this name. */
export function readValue(rbxmx: string, name: ValueName): string {
	return VALUE.exec(findValue(rbxmx, name).section)?.[1] ?? "";
}

function findValue(rbxmx: string, name: ValueName): { section: string; index: number } {
	const found = [...rbxmx.matchAll(SECTIONS)].filter(
		([, properties]) => properties?.includes(`<string name="Name">${name}</string>`) && VALUE.test(properties),
	);
	const [only] = found;
	if (only === undefined || found.length > 1) {
		throw new Error(`The built plugin must hold exactly one StringValue named ${name}, but holds ${found.length}.`);
	}
	return { section: only[0], index: only.index };
}

function escapeXml(text: string): string {
	return text
		.replaceAll("&", "&amp;")
		.replaceAll("<", "&lt;")
		.replaceAll(">", "&gt;")
		.replaceAll('"', "&quot;")
		.replaceAll("'", "&apos;");
}
