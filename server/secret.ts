import { randomBytes } from "node:crypto";
import {
	closeSync,
	existsSync,
	fsyncSync,
	linkSync,
	mkdirSync,
	openSync,
	readFileSync,
	rmSync,
	writeSync,
} from "node:fs";
import { join } from "node:path";

import type { Config } from "./config.ts";
import { ConfigError } from "./config-error.ts";
import { makePrivate } from "./private-files.ts";

const SECRET_BYTES = 32;
const SECRET_MIN_CHARACTERS = 32;

/**
 * The secret that signs session cookies: from the configuration, or generated once and kept in DATA_DIR. `warn` is told
 * if other users could read it.
 * @throws ConfigError if the file cannot be used, saying what to do
 */
export function loadSecret(
	config: Pick<Config, "secret" | "dataDir">,
	warn: (text: string) => void = () => undefined,
): string {
	if (config.secret !== undefined) return config.secret;
	const path = join(config.dataDir, "secret");
	try {
		return readSecret(path, warn) ?? createSecret(config.dataDir, path);
	} catch (error) {
		if (error instanceof ConfigError) throw error;
		const code = (error as NodeJS.ErrnoException).code ?? "unknown error";
		throw new ConfigError(`Cannot use ${path} (${code}): let this user read and write it, or set AUXVYN_SECRET.`, {
			cause: error,
		});
	}
}

function readSecret(path: string, warn: (text: string) => void): string | undefined {
	if (!existsSync(path)) return undefined;
	const privacy = makePrivate(path);
	if (privacy === "exposed") {
		throw new ConfigError(
			`Other users can read ${path}, the secret that signs sessions: run \`chmod 600 ${path}\` as its owner.`,
		);
	}
	if (privacy === "tightened") {
		warn(
			`Other users of this machine could read ${path}, the secret that signs sessions. Now only its owner can. If one of them may have read it, delete it and restart the server, which signs everyone out.`,
		);
	}
	const secret = readFileSync(path, "utf8").trim();
	if (secret.length >= SECRET_MIN_CHARACTERS) return secret;
	throw new ConfigError(
		`${path} is empty or too short to be a secret: restore it, or delete it to generate a new one, which signs everyone out.`,
	);
}

/** Written to a temporary file and linked into place: if two processes start at once, both use the same secret. */
function createSecret(dataDir: string, path: string): string {
	mkdirSync(dataDir, { recursive: true });
	const temporary = `${path}.${randomBytes(6).toString("hex")}`;
	const file = openSync(temporary, "wx", 0o600);
	try {
		writeSync(file, `${randomBytes(SECRET_BYTES).toString("hex")}\n`);
		fsyncSync(file);
	} finally {
		closeSync(file);
	}
	try {
		linkSync(temporary, path);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
	} finally {
		rmSync(temporary);
	}
	const secret = readSecret(path, () => undefined);
	if (secret === undefined) throw new ConfigError(`${path} disappeared while it was being created: start again.`);
	return secret;
}
