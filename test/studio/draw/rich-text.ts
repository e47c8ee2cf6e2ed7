const TAGS: Record<string, string> = { b: "b", i: "i", u: "u", s: "s", br: "br" };

export function escapeHtml(text: string): string {
	return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

/** Converts Roblox rich text to HTML: bold, italic, underline, strikethrough, colours and fonts; ignores the rest. */
export function richText(text: string): string {
	return text.replaceAll(/<(\/?)(\w+)([^>]*)>/g, (_, closing: string, tag: string, attributes: string) => {
		const known = TAGS[tag.toLowerCase()];
		if (known) return `<${closing}${known}>`;
		if (tag.toLowerCase() !== "font") return "";
		if (closing) return "</span>";
		const styles: string[] = [];
		const color = /color="(rgb\([\d, ]+\)|#[\da-f]{3,6})"/i.exec(attributes)?.[1];
		if (color) styles.push(`color:${color}`);
		const size = /size="(\d+)"/i.exec(attributes)?.[1];
		if (size) styles.push(`font-size:${size}px`);
		const weight = /weight="(\w+)"/i.exec(attributes)?.[1];
		if (weight) styles.push(`font-weight:${weight === "medium" ? 500 : weight === "semibold" ? 600 : weight}`);
		if (/(face|family)="[^"]*(mono|code)/i.test(attributes))
			styles.push("font-family:'JetBrains Mono Variable',monospace");
		return `<span style="${styles.join(";")}">`;
	});
}
