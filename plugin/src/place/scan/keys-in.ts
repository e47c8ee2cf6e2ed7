const PREFIX = "auxvyn_";
/** Anything of the form of a key, whether it was ever issued or not. */
export const KEY_FORM = `${PREFIX}${string.rep("[0-9a-f]", 60)}`;

/** Quick where there is none. */
export function mayHoldKey(text: string): boolean {
	return text.find(PREFIX, 1, true)[0] !== undefined;
}

/** Each key in a text, once. */
export function keysIn(text: string): string[] {
	const keys = new Set<string>();
	if (!mayHoldKey(text)) return [];
	// A separate statement: roblox-ts 3.0.0 emits the arguments of a call in a loop head after the call.
	const matches = text.gmatch(KEY_FORM);
	for (const [key] of matches) keys.add(key as string);
	return [...keys];
}

/** Where a text has a key: the 1-based line, and the 1-based first and last character in it. */
export interface KeyPosition {
	line: number;
	from: number;
	to: number;
}

export function keyPositions(text: string): KeyPosition[] {
	const positions: KeyPosition[] = [];
	if (!mayHoldKey(text)) return positions;
	text.split("\n").forEach((line, index) => {
		let [from, to] = line.find(KEY_FORM);
		while (from !== undefined && to !== undefined) {
			positions.push({ line: index + 1, from, to });
			[from, to] = line.find(KEY_FORM, to + 1);
		}
	});
	return positions;
}
