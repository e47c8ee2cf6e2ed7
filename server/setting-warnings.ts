import { readFileSync } from "node:fs";
import { parseEnv } from "node:util";

import { closest, distance } from "fastest-levenshtein";

import { type Config, isLoopbackHost, settingNames } from "./config.ts";

/** Of Node, npm and Compose, which read the same file. */
const OF_OTHERS = /^(NODE_|npm_|COMPOSE_)/;
/** Letters that a misspelt name has too many, too few or wrong. */
const MISSPELT = 2;

/**
 * Settings that have no effect, or not the expected one, in a line each.
 * @param file the `.env` file; everything in it is meant for the server, unlike what is in the environment
 */
export function settingWarnings(config: Config, env: Record<string, string | undefined>, file = ".env"): string[] {
	return [...unknownSettings(env, namesIn(file)), ...plainHttp(config)];
}

function unknownSettings(env: Record<string, string | undefined>, inFile: ReadonlySet<string>): string[] {
	const settings = settingNames();
	const others = Object.keys({ ...env, ...Object.fromEntries([...inFile].map((name) => [name, ""])) });
	return others.flatMap((name) => {
		if (settings.includes(name) || OF_OTHERS.test(name)) return [];
		const meant = closest(name.toUpperCase(), settings);
		if (distance(name.toUpperCase(), meant) <= MISSPELT && name.length > 2 * MISSPELT)
			return [`${name} is not a setting, and has no effect: did you mean ${meant}?`];
		return inFile.has(name)
			? [`${name} in .env is not a setting, and has no effect: .env.example has all of them.`]
			: [];
	});
}

function namesIn(file: string): Set<string> {
	try {
		return new Set(Object.keys(parseEnv(readFileSync(file, "utf8"))));
	} catch {
		// The start has said why it cannot be read.
		return new Set();
	}
}

function plainHttp({ publicUrl }: Config): string[] {
	const { protocol, hostname } = new URL(publicUrl);
	if (protocol === "https:" || isLoopbackHost(hostname)) return [];
	return [`PUBLIC_URL is ${publicUrl}, but the plugin and games send keys over https only: see docs/production.md.`];
}
