import { loadConfig } from "../config.ts";
import { ConfigError } from "../config-error.ts";
import { settingWarnings } from "../setting-warnings.ts";
import { type Finding, problem, unseen } from "./finding.ts";
import { lookFromInside } from "./from-inside.ts";
import { lookFromOutside } from "./from-outside.ts";
import { lookAtMail } from "./mail.ts";

export type { Finding } from "./finding.ts";
export { report } from "./finding.ts";

/** Looks at the server at a public address, from another computer. */
export async function lookFromElsewhere(url: URL): Promise<Finding[]> {
	return lookFromOutside(url, true);
}

/** Looks at the server that these settings are for, on its own computer. */
export async function lookHere(env: Record<string, string | undefined>): Promise<Finding[]> {
	try {
		const config = loadConfig(env);
		const inside = await lookFromInside(config);
		const warnings = settingWarnings(config, env).map((line) => problem("settings", line));
		return [
			...warnings,
			...inside,
			await lookAtMail(config),
			...(await lookFromOutside(new URL(config.publicUrl), false)),
		];
	} catch (error) {
		if (!(error instanceof ConfigError)) throw error;
		return [problem("settings", error.message), unseen("server", "The server does not start with these settings.")];
	}
}
