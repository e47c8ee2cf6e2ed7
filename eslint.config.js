import robloxTs from "eslint-plugin-roblox-ts";
import importSort from "eslint-plugin-simple-import-sort";
import tseslint from "typescript-eslint";

import { onlyPlaceWrites } from "./plugin/lint/boundaries.js";
import { explainedDisable } from "./plugin/lint/explained-disable.js";

/** The rules for Luau. */
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

/** Only plugin/src: the rules of roblox-ts need types in ESLint. Everything else is in .oxlintrc.json, as Oxlint is faster. */
export default tseslint.config(
	{
		files: ["plugin/src/**/*.ts"],
		plugins: { "simple-import-sort": importSort, auxvyn: { rules: { "explained-disable": explainedDisable } } },
		linterOptions: { reportUnusedDisableDirectives: "error" },
		rules: {
			eqeqeq: "error",
			"no-warning-comments": ["error", { terms: ["todo", "fixme", "xxx", "hack"] }],
			"simple-import-sort/imports": "error",
			"simple-import-sort/exports": "error",
			"auxvyn/explained-disable": "error",
		},
	},
	{ files: ["plugin/src/**/*.ts"], ...luau },
	{
		files: ["plugin/src/**/*.ts"],
		ignores: ["plugin/src/place/**", "plugin/src/ui/root-frame.ts"],
		rules: onlyPlaceWrites,
	},
);
