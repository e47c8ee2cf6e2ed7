import { closeWhenOrphaned } from "./closing.ts";
import { loadConfig } from "./config.ts";
import { buildDashboard } from "./dashboard/build.ts";
import { guardOutput, guardWarnings } from "./output.ts";
import { settingWarnings } from "./setting-warnings.ts";
import { orEnd } from "./start-fault.ts";

const output = guardOutput([process.stdout, process.stderr]);
guardWarnings();
const { config, dashboard } = await orEnd(async () => {
	const config = loadConfig(process.env);
	for (const line of settingWarnings(config, process.env)) console.error(line);
	// Before the database is migrated, and before anyone is served: once it is ready, every page works.
	return { config, dashboard: await buildDashboard({ say: (line) => console.log(line) }) };
});
if (config.workers === 1) {
	const { serve } = await import("./serve.ts");
	await orEnd(async () => {
		const announce = await serve({ config, dashboard, output, closeWhen: closeWhenOrphaned });
		await announce();
	});
} else {
	// Without `serve`: the primary serves no requests, and needs little memory.
	const { runWorkers } = await import("./workers/primary.ts");
	await runWorkers({ config, dashboard, output });
}
