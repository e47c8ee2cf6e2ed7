import robloxTs from "eslint-plugin-roblox-ts";
import importSort from "eslint-plugin-simple-import-sort";
import tseslint from "typescript-eslint";

import { onlyPlaceWrites, runtimeIsStandalone } from "./plugin/lint/boundaries.js";
import { explainedDisable } from "./plugin/lint/explained-disable.js";
import { folderOrder } from "./server/lint/folder-order.js";

/** Custom rules. */
const auxvyn = { rules: { "explained-disable": explainedDisable, "folder-order": folderOrder } };

/** Files outside of every tsconfig, or in plain JavaScript: linted without types. */
const UNTYPED = ["**/*.js", "server/dashboard/{build,bundle,vite.config}.ts"];
const ROBLOX = ["plugin/src/**/*.ts", "plugin/runtime/**/*.ts"];
const SHARED = ["shared/**/*.ts"];
const NODE = ["server/**/*.ts", "test/**/*.ts", "plugin/build/**/*.ts", "*.ts", ...SHARED];
const DASHBOARD = ["server/dashboard/**/*.{ts,tsx}"];

const typesFrom = (project) => ({
	languageOptions: {
		parserOptions: { projectService: false, project: [project], tsconfigRootDir: import.meta.dirname },
	},
});

const everywhere = {
	plugins: { "simple-import-sort": importSort, auxvyn },
	linterOptions: { reportUnusedDisableDirectives: "error" },
	rules: {
		eqeqeq: "error",
		"no-warning-comments": ["error", { terms: ["todo", "fixme", "xxx", "hack"] }],
		"simple-import-sort/imports": "error",
		"simple-import-sort/exports": "error",
		"auxvyn/explained-disable": "error",
	},
};

/** Where the strict set asks for more ceremony than it saves trouble. */
const typed = {
	rules: {
		"@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true, allowBoolean: true }],
		"@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
		"@typescript-eslint/no-unnecessary-condition": ["error", { allowConstantLoopConditions: true }],
		"@typescript-eslint/consistent-type-imports": "error",
		// Spreading a text gives its code points, and that is what labels and names are counted in.
		"@typescript-eslint/no-misused-spread": "off",
		// What factories return has no `this` to lose.
		"@typescript-eslint/unbound-method": "off",
		// Handlers answer with a promise by contract, awaiting or not.
		"@typescript-eslint/require-await": "off",
		"@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
	},
};

/** What means something else in Luau than in JavaScript, or nothing. */
const luau = {
	rules: {
		// Rules of the strict set that know JavaScript's library, not Roblox's.
		"@typescript-eslint/no-require-imports": "off",
		"@typescript-eslint/no-unsafe-assignment": "off",
		"@typescript-eslint/no-unsafe-member-access": "off",
		"@typescript-eslint/no-unsafe-call": "off",
		"@typescript-eslint/no-unsafe-argument": "off",
		"@typescript-eslint/no-unsafe-return": "off",
		"@typescript-eslint/restrict-plus-operands": "off",
		"@typescript-eslint/prefer-optional-chain": "off",
		"@typescript-eslint/no-unnecessary-condition": "off",
		// rbxtsc keeps type imports apart by itself.
		"@typescript-eslint/consistent-type-imports": "off",
		// Narrowing what Roblox's types leave open needs a cast to LuaTuple.
		"roblox-ts/no-user-defined-lua-tuple": "off",
	},
};

const ONLY_SQLITE = "Only server/storage/sqlite knows SQLite: write a store function.";

/** Everything else asks for what it needs through `storage/storage.ts`. */
const onlyStorageKnowsEngines = {
	"no-restricted-imports": [
		"error",
		{
			paths: [{ name: "better-sqlite3", message: ONLY_SQLITE }],
		},
	],
	"no-restricted-syntax": [
		"error",
		{ selector: 'ImportExpression > Literal[value="better-sqlite3"]', message: ONLY_SQLITE },
	],
};

export default tseslint.config(
	{ ignores: ["build/", "data/", "node_modules/", "**/dist/"] },
	everywhere,
	{ files: ["**/*.{ts,tsx}"], extends: [tseslint.configs.strictTypeChecked], ...typed },
	{ files: NODE, ignores: DASHBOARD, ...typesFrom("tsconfig.json") },
	{ files: DASHBOARD, ...typesFrom("server/dashboard/tsconfig.json") },
	{ ...robloxTs.configs.recommended, files: ROBLOX },
	{ ...luau, ...typesFrom("plugin/tsconfig.json"), files: ROBLOX },
	{
		files: SHARED,
		plugins: robloxTs.configs.recommended.plugins,
		rules: { "roblox-ts/no-any": "error", "roblox-ts/no-for-in": "error", "roblox-ts/no-get-set": "error" },
	},
	{
		files: ["plugin/src/**/*.ts"],
		ignores: ["plugin/src/place/**", "plugin/src/ui/root-frame.ts"],
		rules: onlyPlaceWrites,
	},
	{ files: ["plugin/runtime/**/*.ts"], rules: runtimeIsStandalone },
	{ files: ["server/**/*.ts"], ignores: ["server/dashboard/**"], rules: { "auxvyn/folder-order": "error" } },
	{ files: ["server/**/*.ts"], ignores: ["server/storage/sqlite/**"], rules: onlyStorageKnowsEngines },
	{
		files: UNTYPED,
		extends: [tseslint.configs.disableTypeChecked],
		languageOptions: { parserOptions: { project: null } },
	},
);
