import { loadConfig } from "./config.ts";
import { guardOutput, guardWarnings } from "./output.ts";
import { serve } from "./serve.ts";
import { orEnd } from "./start-fault.ts";
import { connectToPrimary } from "./workers/connection.ts";

const output = guardOutput([process.stdout, process.stderr]);
guardWarnings();
const { dashboard, peers, closeWhenLeft, listens } = connectToPrimary();
await orEnd(async () => {
	const announce = await serve({
		config: loadConfig(process.env),
		dashboard,
		output,
		peers,
		closeWhen: closeWhenLeft,
	});
	listens(announce);
});
