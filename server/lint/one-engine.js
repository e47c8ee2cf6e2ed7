import { importSources } from "./import-sources.js";

/** Keeps one folder the only one that knows SQLite. */
export const oneEngine = {
	meta: {
		type: "problem",
		schema: [],
		messages: { sqlite: "Only server/storage/sqlite may use SQLite: write a store function." },
	},
	create(context) {
		return importSources((node, source) => {
			if (source === "better-sqlite3") context.report({ node, messageId: "sqlite" });
		});
	},
};
