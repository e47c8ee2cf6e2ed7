import path from "node:path";
import { parseArgs } from "node:util";

import { packClient, SCOPE } from "./packages.ts";
import { REPOSITORY } from "./repository.ts";
import { runtimeText } from "./runtime.ts";

/** `npm run pack:client [-- --scope NAME]`: the runtime as packages for Wally and npm, in `build/packages/`. */
const options = { scope: { type: "string", default: SCOPE } } as const;
const { scope } = parseArgs({ options }).values;
const folder = path.join(REPOSITORY, "build", "packages");
for (const archive of await packClient({ source: await runtimeText("standalone"), folder, scope })) {
	process.stdout.write(`${path.relative(process.cwd(), archive)}\n`);
}
