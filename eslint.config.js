import robloxTs from "eslint-plugin-roblox-ts";
import importSort from "eslint-plugin-simple-import-sort";
import tseslint from "typescript-eslint";

import { onlyPlaceWrites } from "./plugin/lint/boundaries.js";
import { explainedDisable } from "./plugin/lint/explained-disable.js";
import { browserImports } from "./server/lint/browser-imports.js";
import { folderOrder } from "./server/lint/folder-order.js";

/** Custom rules. */
const auxvyn = {
	rules: { "browser-imports": browserImports, "explained-disable": explainedDisable, "folder-order": folderOrder },
};

const DASHBOARD_BUILD = ["server/dashboard/{build,bundle,vite.config}.ts"];
const ROBLOX = ["plugin/src/**/*.ts"];
const SHARED = ["shared/**/*.ts"];
const DASHBOARD = ["server/dashboard/**/*.{ts,tsx}"];
/** Code that runs in the browser, or in both. */
const BUNDLED = [...DASHBOARD, "server/**/*.schema.ts", "server/http/{schema-parts,wire-schema}.ts"];

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

/** The strict set's rules that need no types. Those that need them are in `.oxlintrc.json`: Oxlint takes a fifth of the time. */
const strict = {
	extends: [tseslint.configs.strictTypeChecked, tseslint.configs.disableTypeChecked],
	rules: {
		"@typescript-eslint/consistent-type-imports": "error",
		"@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
	},
};

/** The rules for Luau, with types, because Oxlint does not know the rules of roblox-ts. */
const luau = {
	extends: [tseslint.configs.strictTypeChecked, robloxTs.configs.recommended],
	languageOptions: {
		parserOptions: {
			projectService: false,
			project: ["plugin/tsconfig.json"],
			tsconfigRootDir: import.meta.dirname,
		},
	},
	rules: {
		"@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true, allowBoolean: true }],
		"@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
		"@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
		// Labels and names are counted in code points, which spreading a string yields.
		"@typescript-eslint/no-misused-spread": "off",
		// Factories return functions that do not use `this`.
		"@typescript-eslint/unbound-method": "off",
		"@typescript-eslint/require-await": "off",
		// Slow, and with nothing to find: a class that needs it has a private member, and there are no enums.
		"@typescript-eslint/no-unsafe-class-instance-assignment": "off",
		"@typescript-eslint/no-unsafe-enum-assignment": "off",
		// The rest means something else for Luau than for JavaScript, or nothing.
		// These rules know JavaScript's library, not Roblox's.
		"@typescript-eslint/no-require-imports": "off",
		"@typescript-eslint/no-unsafe-assignment": "off",
		"@typescript-eslint/no-unsafe-member-access": "off",
		"@typescript-eslint/no-unsafe-call": "off",
		"@typescript-eslint/no-unsafe-argument": "off",
		"@typescript-eslint/no-unsafe-return": "off",
		"@typescript-eslint/restrict-plus-operands": "off",
		"@typescript-eslint/prefer-optional-chain": "off",
		"@typescript-eslint/no-unnecessary-condition": "off",
		// rbxtsc separates type imports itself.
		"@typescript-eslint/consistent-type-imports": "off",
		// Narrowing Roblox's loose types needs a cast to LuaTuple.
		"roblox-ts/no-user-defined-lua-tuple": "off",
	},
};

const ONLY_SQLITE = "Only server/storage/sqlite may use SQLite: write a store function.";

/** Everything else uses `storage/storage.ts`. */
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
	// The types of the npm package are checked where a game is compiled against them.
	{ ignores: ["build/", "data/", "node_modules/", "**/dist/", "plugin/packages/"] },
	everywhere,
	{ files: ["**/*.{ts,tsx}"], ignores: ROBLOX, ...strict },
	{ files: ROBLOX, ...luau },
	{
		files: SHARED,
		plugins: robloxTs.configs.recommended.plugins,
		rules: {
			"roblox-ts/no-any": "error",
			"roblox-ts/no-for-in": "error",
			"roblox-ts/no-get-set": "error",
			"no-restricted-imports": [
				"error",
				{ patterns: [{ regex: "^(?!\\./)", message: "shared/ imports only itself." }] },
			],
		},
	},
	{
		files: ["plugin/src/**/*.ts"],
		ignores: ["plugin/src/place/**", "plugin/src/ui/root-frame.ts"],
		rules: onlyPlaceWrites,
	},
	{ files: ["server/**/*.{ts,js}"], ignores: ["server/dashboard/**"], rules: { "auxvyn/folder-order": "error" } },
	{ files: BUNDLED, ignores: DASHBOARD_BUILD, rules: { "auxvyn/browser-imports": "error" } },
	{ files: ["server/**/*.ts"], ignores: ["server/storage/sqlite/**"], rules: onlyStorageKnowsEngines },
);
