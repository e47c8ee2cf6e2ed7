import { explainedDisable } from "./plugin/lint/explained-disable.js";
import { backendImports } from "./server/lint/backend-imports.js";
import { browserImports } from "./server/lint/browser-imports.js";
import { folderOrder } from "./server/lint/folder-order.js";
import { oneEngine } from "./server/lint/one-engine.js";
import { onlyItself } from "./server/lint/only-itself.js";

/** The rules of this repository, for Oxlint. */
export default {
	meta: { name: "auxvyn" },
	rules: {
		"backend-imports": backendImports,
		"browser-imports": browserImports,
		"explained-disable": explainedDisable,
		"folder-order": folderOrder,
		"one-engine": oneEngine,
		"only-itself": onlyItself,
	},
};
