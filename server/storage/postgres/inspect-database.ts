import { checkRights } from "./check-rights.ts";
import { checkTriggers } from "./check-triggers.ts";
import { onCheckedSession } from "./checked-session.ts";
import { versionOf } from "./migrate.ts";
import { migrations } from "./migrations/index.ts";
import { requireKnownVersion } from "./schema-version.ts";
import type { Session } from "./session.ts";
import { settingsThatDiffer, type SharedSetting } from "./shared-settings.ts";
import { faultIn, reasonOf } from "./start-faults.ts";
import { UnusableDatabase } from "./unusable.ts";

export interface Inspection {
	/** PostgreSQL's. */
	version: string;
	isEncrypted: boolean;
	/** Names of settings that a running server on the database has otherwise. */
	differing: string[];
}

/** What a server would find at `url`, or why it cannot use that. Changes nothing. */
export async function inspectDatabase(url: string, shared: readonly SharedSetting[]): Promise<Inspection | string> {
	try {
		return await onCheckedSession({ url, name: "doctor" }, async (session) => {
			const version = await versionOf(session);
			requireKnownVersion(version);
			if (version > 0) {
				await checkRights(session);
				await checkTriggers(session, migrations.slice(0, version));
			}
			return { ...(await factsOf(session)), differing: await settingsThatDiffer(session, shared) };
		});
	} catch (error) {
		if (error instanceof UnusableDatabase) return error.fault;
		return faultIn(error, url) ?? `it does not answer (${reasonOf(error)})`;
	}
}

async function factsOf(session: Session): Promise<Pick<Inspection, "version" | "isEncrypted">> {
	const { rows } = await session.run<{ version: string; isEncrypted: boolean | null }>(`
		SELECT split_part(current_setting('server_version'), ' ', 1) AS version,
			(SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()) AS "isEncrypted"`);
	return { version: rows[0]?.version ?? "", isEncrypted: rows[0]?.isEncrypted === true };
}
