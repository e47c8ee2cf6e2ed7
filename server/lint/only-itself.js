import { importSources } from "./import-sources.js";

/** For shared/, which Luau, the server and browsers have in common. */
export const onlyItself = {
	meta: { type: "problem", schema: [], messages: { outside: "shared/ imports only itself." } },
	create(context) {
		return importSources((node, source) => {
			if (!source?.startsWith("./")) context.report({ node, messageId: "outside" });
		});
	},
};
