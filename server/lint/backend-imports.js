import path from "node:path";

import { importSources } from "./import-sources.js";

const REPOSITORY = path.resolve(import.meta.dirname, "../..");
/** Files from elsewhere that the package of `backend/` consists of as well. */
const ALSO = ["server/keys/authenticate/presented-key.ts", "shared/"];
/** Only for types: its importers have it installed. */
const PEERS = ["fastify"];

/** `backend/` runs in other people's servers: without dependencies, and without the code of ours. */
export const backendImports = {
	meta: {
		type: "problem",
		schema: [],
		messages: {
			outside:
				"backend/ runs in other people's servers: it may import only itself, shared/, presented-key.ts and Node.",
		},
	},
	create(context) {
		const isIn = (name) => name.startsWith("backend/") || ALSO.some((allowed) => name.startsWith(allowed));
		return importSources((node, source) => {
			if (source?.startsWith("node:") || PEERS.includes(source)) return;
			const target = source?.startsWith(".") && path.resolve(path.dirname(context.filename), source);
			if (target && isIn(path.relative(REPOSITORY, target).replaceAll(path.sep, "/"))) return;
			context.report({ node, messageId: "outside" });
		});
	},
};
