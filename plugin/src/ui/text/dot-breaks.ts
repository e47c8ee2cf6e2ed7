/**
 * Breaks words that do not fit on a line after their dots: Roblox breaks lines only at spaces, and longer words anywhere.
 * Returns rich text, or undefined if nothing needs a break.
 */
export function breakAtDots(text: string, fits: (word: string) => boolean): string | undefined {
	if (text.find("%S%.%S")[0] === undefined) return undefined;
	let broken = false;
	const words = text.split(" ").map((word) => {
		const lines = linesOf(word, fits);
		if (lines.size() > 1) broken = true;
		return lines.map((line) => escapeRich(line)).join("<br />");
	});
	return broken ? words.join(" ") : undefined;
}

/** As few lines as hold the parts of a word. A part that does not fit has a line of its own. */
function linesOf(word: string, fits: (word: string) => boolean): string[] {
	if (fits(word)) return [word];
	const lines: string[] = [];
	let line = "";
	const parts = word.gmatch("[^%.]*%.*");
	for (const [part] of parts) {
		const longer = `${line}${part}`;
		if (line === "" || fits(longer)) {
			line = longer;
			continue;
		}
		lines.push(line);
		line = part as string;
	}
	if (line !== "") lines.push(line);
	return lines;
}

function escapeRich(text: string): string {
	return text.gsub("&", "&amp;")[0].gsub("<", "&lt;")[0].gsub(">", "&gt;")[0];
}
