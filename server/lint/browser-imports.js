import path from "node:path";

import { importSources } from "./import-sources.js";

const SERVER = path.resolve(import.meta.dirname, "..");
const DASHBOARD = path.join(SERVER, "dashboard");
const SHARED = path.resolve(SERVER, "..", "shared");
/** Runs in both. */
const FOLDED_TEXT = path.join(SERVER, "folded-text.ts");
/** What the server's schemas may import besides each other. */
const SCHEMA_PARTS = ["schema-parts.ts", "wire-schema.ts"].map((name) => path.join(SERVER, "http", name));

const isIn = (folder, file) => file.startsWith(folder + path.sep);
const isSchema = (file) => isIn(SERVER, file) && file.endsWith(".schema.ts");

/** The dashboard validates responses with the server's schemas, and bundles no other file of the server. */
export const browserImports = {
	meta: {
		type: "problem",
		schema: [],
		messages: {
			dashboard:
				"The dashboard may import only schemas (*.schema.ts) and folded-text.ts from the server, shared/ and packages for browsers.",
			schema:
				"The dashboard bundles this file: import only typebox, shared/, other schemas, schema-parts.ts and wire-schema.ts.",
		},
	},
	create(context) {
		const inDashboard = isIn(DASHBOARD, context.filename);

		function isAllowed(source) {
			if (source === undefined || /^(\/|node:)/.test(source)) return false;
			if (!source.startsWith(".")) return inDashboard || source === "typebox";
			const target = path.resolve(path.dirname(context.filename), source);
			if (isSchema(target) || isIn(SHARED, target)) return true;
			return inDashboard ? isIn(DASHBOARD, target) || target === FOLDED_TEXT : SCHEMA_PARTS.includes(target);
		}

		function check(node, source) {
			if (!isAllowed(source)) context.report({ node, messageId: inDashboard ? "dashboard" : "schema" });
		}

		return {
			...importSources(check),
			// import.meta.glob and new URL("…", import.meta.url) bundle files as well.
			MetaProperty: (node) => check(node, undefined),
		};
	},
};
