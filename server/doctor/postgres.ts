import { accessSync, constants, existsSync } from "node:fs";

import type { Config } from "../config.ts";
import { sharedSettingsOf } from "../open-storage.ts";
import { inspectDatabase } from "../storage/postgres/inspect-database.ts";
import { differenceIn } from "../storage/postgres/shared-settings.ts";
import { databasePath } from "../storage/sqlite/open-database.ts";
import { withdrawalsPath } from "../storage/withdrawals/withdrawals-file.ts";
import { type Finding, ok, problem, unseen } from "./finding.ts";

/** The database of DATABASE_URL, and what this server keeps beside it. */
export async function lookAtPostgres(url: string, config: Config): Promise<Finding[]> {
	const found = await inspectDatabase(url, sharedSettingsOf(config));
	const withdrawals = lookAtWithdrawals(config);
	if (typeof found === "string")
		return [problem("database", `Cannot use the database of DATABASE_URL: ${found}.`), withdrawals];
	const { version, isEncrypted, differing } = found;
	const tls = isEncrypted ? "encrypted" : "not encrypted, which is for a network that no one else can listen on";
	return [
		ok("database", `PostgreSQL ${version} answers, and has what is needed. The connection is ${tls}.`),
		...differing.map((name) => problem("settings", differenceIn(name))),
		withdrawals,
	];
}

/** Without that file, a restore of PostgreSQL revives what was revoked. */
function lookAtWithdrawals({ dataDir }: Config): Finding {
	const path = withdrawalsPath(databasePath(dataDir));
	try {
		if (!existsSync(path))
			return unseen("restoring", `There is no ${path} yet: the server writes it once something is revoked.`);
		accessSync(path, constants.R_OK | constants.W_OK);
		return ok("restoring", `${path} has what a restore must not bring back: back it up.`);
	} catch {
		return unseen("restoring", `This user cannot read and write ${path}: run this as the user that runs the server.`);
	}
}
