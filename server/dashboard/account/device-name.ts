const BROWSERS: [RegExp, string][] = [
	[/\bEdg(?:e|A|iOS)?\//, "Edge"],
	[/\bOPR\//, "Opera"],
	[/\bFirefox\/|\bFxiOS\//, "Firefox"],
	[/Chrome\/|\bCriOS\//, "Chrome"],
	[/\bVersion\/.*\bSafari\//, "Safari"],
];
const SYSTEMS: [RegExp, string][] = [
	[/\biPhone\b/, "iPhone"],
	[/\biPad\b/, "iPad"],
	[/\bAndroid\b/, "Android"],
	[/\bWindows\b/, "Windows"],
	[/\bMac OS X\b/, "macOS"],
	[/\bCrOS\b/, "ChromeOS"],
	[/\bLinux\b/, "Linux"],
];
const OTHER_MAX_CHARACTERS = 40;

/** "Chrome on Windows", as far as the user agent tells; other programs by the name they send. */
export function deviceName(userAgent: string | null): string {
	if (userAgent === null) return "Unknown browser";
	const browser = firstOf(BROWSERS, userAgent);
	const system = firstOf(SYSTEMS, userAgent);
	if (browser === undefined) return userAgent.slice(0, OTHER_MAX_CHARACTERS);
	return system === undefined ? browser : `${browser} on ${system}`;
}

export function isHandheld(userAgent: string | null): boolean {
	return /\b(?:iPhone|iPad|Android)\b/.test(userAgent ?? "");
}

function firstOf(known: [RegExp, string][], text: string): string | undefined {
	return known.find(([pattern]) => pattern.test(text))?.[1];
}
