import type { Mutant } from "./mutant.ts";

const tests = ["plugin/check-place.test.ts"];
const scan = (file: string, original: string, replacement: string): Mutant => ({
	file: `plugin/src/place/scan/${file}`,
	original,
	replacement,
	tests,
});

/** What a look through the whole place finds, and what it takes out. */
export const pluginCheckPlace: readonly Mutant[] = [
	scan("meaning.ts", '"ServerScriptService", "ServerStorage"', '"ServerScriptService"'),
	scan("meaning.ts", 'return isOwn ? "safe" : "server";', 'return "safe";'),
	scan("spots.ts", "if (mayHoldKey(instance.Name)) return true;", ""),
	scan("spots.ts", "mayHoldKey(name) || (typeIs", "(typeIs"),
	scan("spots.ts", "for (const tag of instance.GetTags()) if (mayHoldKey(tag)) return true;", ""),
	scan("copy.ts", "found.size() > 1 ||", ""),
	scan("copy.ts", "return children.isEmpty() && isOnlyKey(instance.Value);", "return isOnlyKey(instance.Value);"),
	scan("only-key.ts", "if (doubles + singles !== 1) return false;", ""),
	scan("scanner.ts", 'meaning === "exposed" && !inPackage && isOnlyCopy', "!inPackage && isOnlyCopy"),
	scan("scanner.ts", "now.key === key && now.find.removable", "now.key === key"),
	scan("editor-warning.ts", "inspection.script === analysed", "false"),
	scan("text-properties.ts", "(listed(className) ?? WELL_KNOWN)", "(listed(className) ?? [])"),
];
