import type { Mutant } from "./mutant.ts";

const FOUND = ["plugin/check-place.test.ts"];
const MIDWAY = ["plugin/check-place-midway.test.ts"];
const scan = (file: string, original: string, replacement: string, tests = FOUND): Mutant => ({
	file: `plugin/src/place/scan/${file}`,
	original,
	replacement,
	tests,
});
const machine = (original: string, replacement: string): Mutant => ({
	file: "plugin/src/connect/machine/actions.ts",
	original,
	replacement,
	tests: ["plugin/machine-scan.test.ts"],
});
const text = (original: string, replacement: string): Mutant => ({
	file: "plugin/src/ui/text/find-text.ts",
	original,
	replacement,
	tests: ["plugin/find-text.test.ts"],
});

/** What a look through the whole place finds, also while it changes, what it says, and what it takes out. */
export const pluginCheckPlace: readonly Mutant[] = [
	scan("meaning.ts", '"ServerScriptService", "ServerStorage"', '"ServerScriptService"'),
	scan("meaning.ts", 'return isOwn ? "safe" : "server";', 'return "safe";'),
	scan("spots.ts", "if (mayHoldKey(instance.Name)) return true;", ""),
	scan("spots.ts", "mayHoldKey(name) || (typeIs", "(typeIs"),
	scan("copy.ts", "found.size() > 1 ||", ""),
	scan("copy.ts", "return children.isEmpty() && isOnlyKey(instance.Value);", "return isOnlyKey(instance.Value);"),
	scan("only-key.ts", "if (doubles + singles !== 1) return false;", ""),
	scan("describe.ts", 'meaning === "exposed" && !inPackage && isOnlyCopy', "!inPackage && isOnlyCopy"),
	scan("scanner.ts", "now.key === key && now.find.removable", "now.key === key"),
	scan("text-properties.ts", "(listed(className) ?? WELL_KNOWN)", "(listed(className) ?? [])"),
	scan("remove-copy.ts", 'return { kind: "busy" };', 'return { kind: "written", path, warnings: [] };'),
	scan("remove-copy.ts", "recording.close(true);", "recording.close(false);"),
	scan("editor-warning.ts", "inspection.script === analysed", "false"),
	scan("editor-warning.ts", "(stopped ? [] : diagnose(own, request))", "diagnose(own, request)"),
	scan(
		"editor-warning.ts",
		`stopped = true;
		pcall(() => ScriptEditorService.DeregisterScriptAnalysisCallback(CALLBACK_NAME));`,
		"stopped = true;",
	),
	scan(
		"editor-warning.ts",
		`stopped = true;
		pcall(() => ScriptEditorService.DeregisterScriptAnalysisCallback(CALLBACK_NAME));`,
		"stopped = true; ScriptEditorService.DeregisterScriptAnalysisCallback(CALLBACK_NAME);",
	),
	scan("search.ts", "if (text !== undefined && mayHoldKey(text)) found(instance);", "", MIDWAY),
	scan("search.ts", "watched ? attributesMayHoldKeys : look", "attributesMayHoldKeys", MIDWAY),
	scan("search.ts", "!toEnd(second) ||", "", MIDWAY),
	scan("search.ts", "((instance) => queue.push(instance))", "(() => {})", MIDWAY),
	scan("search.ts", "for (const instance of openScripts()) found(instance);", "", MIDWAY),
	scan("search.ts", "if (mayHoldKey(tag)) for", "if (!mayHoldKey(tag)) for", MIDWAY),
	scan("search.ts", "if (!stopped && !isWanted()) stop();", "", MIDWAY),
	scan("scanner.ts", "if (!keys.isEmpty()) changed = true;", "", MIDWAY),
	scan(
		"walk.ts",
		"while (!pcall(slice, deadline)[0]) found(list[at - 1] as Instance);",
		"pcall(slice, deadline);",
		MIDWAY,
	),
	machine("return event.visible ? stay(state) : goHome(state);", "return stay(state);"),
	machine("return event.undone === true ? scan(state) : stay(state);", "return stay(state);"),
	machine("return event.visible ? scan(state) : stay(state);", "return stay(state);"),
	machine("return event.id === phase.workId ? become(", "return become("),
	text("return changed ? CHANGED : CLEAN;", "return CLEAN;"),
	text("return !changed && !finds.some(isBad);", "return !finds.some(isBad);"),
];
