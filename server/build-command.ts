import { buildDashboard } from "./dashboard/build.ts";
import { DashboardError } from "./dashboard/dashboard-error.ts";

/** `npm run build`: what `npm start` would build first, so that it starts at once, and without development packages. */
try {
	const folder = await buildDashboard({ say: (line) => console.log(line) });
	console.log(`The dashboard is built, in ${folder}.`);
} catch (error) {
	if (!(error instanceof DashboardError)) throw error;
	console.error(error.message);
	process.exitCode = 1;
}
