import type { Mutant } from "./mutant.ts";

const BUILD = ["tools/build-plugin.test.ts"];
const VALUES = ["tools/model-values.test.ts"];
const WATCH = ["tools/watch-plugin.test.ts"];
const DOWNLOAD = ["server/plugin-download/download.test.ts"];
const TOOLS = ["tools/find-tool.test.ts"];
const PACKAGES = ["tools/packages.test.ts"];
const VERSION = ["server/pairing/plugin-version.test.ts"];

/** How the plugin is built and handed out, and its version. */
export const pluginBuild: Mutant[] = [
	{
		file: "plugin/build/model-values.ts",
		original: "if (only === undefined || found.length > 1) {",
		replacement: "if (only === undefined) {",
		tests: VALUES,
	},
	{
		file: "plugin/build/model-values.ts",
		original: "/<!\\[CDATA\\[[\\s\\S]*?\\]\\]>|<Item",
		replacement: "/<Item",
		tests: VALUES,
	},
	{
		file: "plugin/build/plugin-version.ts",
		original:
			"JSON.stringify([await hashFiles(repository, [...SOURCE_FOLDERS, ...PROJECT_FILES]), packages, rojo.version])",
		replacement: "JSON.stringify([await hashFiles(repository, [...SOURCE_FOLDERS, ...PROJECT_FILES]), rojo.version])",
		tests: BUILD,
	},
	{
		file: "plugin/build/plugin-version.ts",
		original: ".filter(([name]) => PACKAGES.test(name))",
		replacement: "",
		tests: BUILD,
	},
	{
		file: "plugin/build/plugin-version.ts",
		original: "`${version}+${digest.slice(0, DIGITS)}`",
		replacement: "`${version}+${digest}`",
		tests: BUILD,
	},
	{
		file: "plugin/build/build-plugin.ts",
		original: 'setValue(plugin, "Version", version)',
		replacement: "plugin",
		tests: BUILD,
	},
	{
		file: "plugin/build/build-plugin.ts",
		original: "		changed.push(model);\n",
		replacement: "",
		tests: BUILD,
	},
	{
		file: "plugin/build/watch.ts",
		original: "		if (running) return;\n",
		replacement: "",
		tests: WATCH,
	},
	{
		file: "plugin/build/watch.ts",
		original: "filename !== null && isSource(filename)",
		replacement: "filename !== null",
		tests: WATCH,
		equivalent: "the models do not lie in a watched folder; it keeps out editors' temporary files",
	},
	{
		file: "plugin/build/pins.ts",
		original: '"digest" in pin ? `${name}-${pin.digest.slice(0, 8)}` : name',
		replacement: "name",
		tests: TOOLS,
	},
	{
		file: "plugin/build/tools.ts",
		original: '"author" in pin ? await searchPath({ ...search, pin }) : undefined',
		replacement: "await searchPath({ ...search, pin: pin as ReleasedPin })",
		tests: TOOLS,
	},
	{
		file: "plugin/build/packages.ts",
		original: "'realm = \"server\"'",
		replacement: "'realm = \"shared\"'",
		tests: PACKAGES,
	},
	{
		file: "plugin/packages/index.d.ts",
		original: "	target: string,\n",
		replacement: "	target: unknown,\n",
		tests: PACKAGES,
	},
	{
		file: "server/plugin-download/models.ts",
		original: "bakeAddress(plugin, publicUrl)",
		replacement: "plugin",
		tests: DOWNLOAD,
	},
	{
		file: "server/plugin-download/models.ts",
		original: 'const [plugin, client] = await Promise.all([read("Auxvyn.rbxmx"), read("Client.rbxmx")]);',
		replacement: 'const [plugin, client] = ["", await read("Client.rbxmx")];',
		tests: DOWNLOAD,
	},
	{
		file: "server/pairing/plugin-version.ts",
		original: " && VERSION.test(version)",
		replacement: "",
		tests: VERSION,
	},
	{
		file: "server/first-load/first-steps.store.ts",
		original: '.orderBy("created_at", "desc")\n				.limit(1)\n				.as("pluginVersion")',
		replacement: '.orderBy("created_at")\n				.limit(1)\n				.as("pluginVersion")',
		tests: VERSION,
	},
];
