import path from "node:path";

import { REPOSITORY } from "../plugin/build/repository.ts";
import { DashboardError } from "../server/dashboard/dashboard-error.ts";
import { packRelease, ReleaseError } from "./pack.ts";

/** `npm run pack`: the archive of a release, in `build/release/`. */
try {
	const { archive, sha256 } = await packRelease({ folder: path.join(REPOSITORY, "build", "release") });
	console.log(`${sha256}  ${path.relative(process.cwd(), archive)}`);
} catch (error) {
	if (!(error instanceof ReleaseError || error instanceof DashboardError)) throw error;
	console.error(error.message);
	process.exitCode = 1;
}
