/** Script sources stand in CDATA sections: what looks like an Item in there is text. */
const SECTIONS = /<!\[CDATA\[[\s\S]*?\]\]>|<Item class="StringValue"[^>]*>\s*<Properties>([\s\S]*?)<\/Properties>/g;
const NAME = /<string name="Name">ServerAddress<\/string>/;
const VALUE = /<string name="Value">[^<]*<\/string>/;

/**
 * The built plugin with `publicUrl` as the address that it speaks to. Throws where the plugin has not exactly one
 * StringValue `ServerAddress`, or where XML cannot hold the address.
 */
export function bakeAddress(rbxmx: string, publicUrl: string): string {
	// XML 1.0 has no way to write these.
	if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(publicUrl)) {
		throw new Error("The server's address holds a control character, which a Roblox model file cannot hold.");
	}
	let found = 0;
	const baked = rbxmx.replace(SECTIONS, (section, properties: string | undefined) => {
		if (properties === undefined || !NAME.test(properties) || !VALUE.test(properties)) return section;
		found += 1;
		return section.replace(VALUE, () => `<string name="Value">${escapeXml(publicUrl)}</string>`);
	});
	if (found !== 1) {
		throw new Error(`The built plugin must hold exactly one StringValue named ServerAddress, and holds ${found}.`);
	}
	return baked;
}

function escapeXml(text: string): string {
	return text
		.replaceAll("&", "&amp;")
		.replaceAll("<", "&lt;")
		.replaceAll(">", "&gt;")
		.replaceAll('"', "&quot;")
		.replaceAll("'", "&apos;");
}
