import type { Mutant } from "./mutant.ts";

const GUARDS = ["guards/guards.test.ts"];
const ADVICE = ["plugin/advice.test.ts"];
const FIXES = ["plugin/fixes.test.ts"];

export const pluginPlace: readonly Mutant[] = [
	{
		file: "plugin/src/place/judge.ts",
		original: "if (isInPackage(instance)) reasons",
		replacement: "if (isInPackage(instance) && instance.Parent === undefined) reasons",
		tests: GUARDS,
	},
	{
		file: "plugin/src/place/judge.ts",
		original: 'instance.FindFirstAncestorOfClass("Actor")',
		replacement: 'instance.Parent?.IsA("Actor")',
		tests: ["plugin/refusals.test.ts"],
	},
	{
		file: "plugin/src/place/judge.ts",
		original: "&& runContext !== Enum.RunContext.Server) {",
		replacement: "&& runContext !== Enum.RunContext.Server && runContext !== Enum.RunContext.Plugin) {",
		tests: GUARDS,
	},
	{
		file: "plugin/src/place/candidates.ts",
		original: 'return instance.ClassName === "Script" && !typeIs(factsOf(source), "string");',
		replacement: "return false;",
		tests: GUARDS,
	},
	{
		file: "plugin/src/place/inspect.ts",
		original: "now.asked === accepted.asked",
		replacement: "true",
		tests: GUARDS,
	},
	{
		file: "plugin/src/place/inspect.ts",
		original: "now.key === accepted.key &&",
		replacement: "",
		tests: GUARDS,
	},
	{
		file: "plugin/src/place/editor.ts",
		original: "if (managed.Source !== before.place && sameLines(managed.Source, before.place)) {",
		replacement: "if (managed.Source === undefined) {",
		tests: ["plugin/late-editor.test.ts"],
	},
	{
		file: "plugin/src/place/replace-key.ts",
		original: "return unchanged && isWanted() ?",
		replacement: "return unchanged ?",
		tests: GUARDS,
	},
	{
		file: "plugin/src/place/adopt.ts",
		original: "pcall(() => mark(managed, found.keyId));",
		replacement: "pcall(() => managed.AddTag('AuxvynKey'));",
		tests: ADVICE,
	},
	...["adopt", "update"].flatMap((fix): Mutant[] => [
		{
			file: `plugin/src/place/${fix}.ts`,
			original: 'recording.close(true);\n\t\treturn { kind: "written"',
			replacement: 'recording.close(false);\n\t\treturn { kind: "written"',
			tests: FIXES,
		},
		{
			file: `plugin/src/place/${fix}.ts`,
			original: 'return { kind: "busy" };',
			replacement: 'return { kind: "changed" };',
			tests: FIXES,
		},
	]),
	{
		file: "plugin/src/place/inspect.ts",
		original: "kept.instance !== instance &&",
		replacement: "kept.instance === instance &&",
		tests: ADVICE,
	},
	{
		file: "plugin/src/place/candidates.ts",
		original: "!candidates.some((one) => one === child || one.IsDescendantOf(child))",
		replacement: "!candidates.some((one) => one === child)",
		tests: ADVICE,
	},
	{
		file: "plugin/src/place/judge.ts",
		original: "if (isLinked(instance as Script)) {",
		replacement: "if (isLinked(instance as Script) && instance.Parent === undefined) {",
		tests: ADVICE,
	},
];
