/** CDATA sections hold script sources: anything that looks like an Item in there is text. */
const SECTIONS = /<!\[CDATA\[[\s\S]*?\]\]>|<Item class="StringValue"[^>]*>\s*<Properties>([\s\S]*?)<\/Properties>/g;
const NAME = /<string name="Name">ServerAddress<\/string>/;
const VALUE = /<string name="Value">[^<]*<\/string>/;

/**
 * Sets the server address in the built plugin to `publicUrl`. Throws unless the plugin has exactly one StringValue
 * `ServerAddress`, or if XML cannot represent the address.
 */
export function bakeAddress(rbxmx: string, publicUrl: string): string {
	// XML 1.0 cannot represent these.
	if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(publicUrl)) {
		throw new Error("The server address contains a control character, which a Roblox model file cannot represent.");
	}
	let found = 0;
	const baked = rbxmx.replace(SECTIONS, (section, properties: string | undefined) => {
		if (properties === undefined || !NAME.test(properties) || !VALUE.test(properties)) return section;
		found += 1;
		return section.replace(VALUE, () => `<string name="Value">${escapeXml(publicUrl)}</string>`);
	});
	if (found !== 1) {
		throw new Error(`The built plugin must hold exactly one StringValue named ServerAddress, but holds ${found}.`);
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
