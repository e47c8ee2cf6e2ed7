import { randomBytes } from "node:crypto";
import {
	closeSync,
	fsyncSync,
	linkSync,
	mkdirSync,
	openSync,
	readFileSync,
	rmSync,
	statSync,
	writeSync,
} from "node:fs";
import { join } from "node:path";

import type { Config } from "./config.ts";
import { ConfigError } from "./config-error.ts";

const SECRET_BYTES = 32;
const SECRET_MIN_CHARACTERS = 32;

/**
 * What signs cookies: as configured, else made once and kept in DATA_DIR.
 * @throws ConfigError where the file cannot be used, saying what to do
 */
export function loadSecret(config: Pick<Config, "secret" | "dataDir">): string {
	if (config.secret !== undefined) return config.secret;
	const path = join(config.dataDir, "secret");
	try {
		return readSecret(path) ?? makeSecret(config.dataDir, path);
	} catch (error) {
		if (error instanceof ConfigError) throw error;
		const code = (error as NodeJS.ErrnoException).code ?? "unknown error";
		throw new ConfigError(
			`Cannot use ${path} (${code}): make it a file this user may read and write, or set AUXVYN_SECRET.`,
			{
				cause: error,
			},
		);
	}
}

function readSecret(path: string): string | undefined {
	const file = statSync(path, { throwIfNoEntry: false });
	if (file === undefined) return undefined;
	// Windows has no such modes; there the folder's own rights decide.
	if (process.platform !== "win32" && (file.mode & 0o077) !== 0) {
		throw new ConfigError(`Other users can read ${path}, which signs sessions: run \`chmod 600 ${path}\`.`);
	}
	const secret = readFileSync(path, "utf8").trim();
	if (secret.length >= SECRET_MIN_CHARACTERS) return secret;
	throw new ConfigError(
		`${path} is empty or too short to be a secret: restore it, or delete it to have a new one made (which signs everybody out).`,
	);
}

/** Written aside and linked into place: of two processes that start at once, one wins whole, and both use its secret. */
function makeSecret(dataDir: string, path: string): string {
	mkdirSync(dataDir, { recursive: true });
	const aside = `${path}.${randomBytes(6).toString("hex")}`;
	const file = openSync(aside, "wx", 0o600);
	try {
		writeSync(file, `${randomBytes(SECRET_BYTES).toString("hex")}\n`);
		fsyncSync(file);
	} finally {
		closeSync(file);
	}
	try {
		linkSync(aside, path);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
	} finally {
		rmSync(aside);
	}
	const secret = readSecret(path);
	if (secret === undefined) throw new ConfigError(`${path} vanished while it was being made: start again.`);
	return secret;
}
