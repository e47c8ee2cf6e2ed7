import path from "node:path";

import { REPOSITORY } from "../plugin/build/repository.ts";
import { packBackend } from "./backend-package.ts";

/** `npm run pack:backend`: the hook for other people's backends as an npm package, in `build/backend/`. */
const archive = await packBackend(path.join(REPOSITORY, "build", "backend"));
process.stdout.write(`${path.relative(process.cwd(), archive)}\n`);
