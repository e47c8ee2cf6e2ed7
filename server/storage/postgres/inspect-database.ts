import { checkPooler } from "./check-pooler.ts";
import { checkRights } from "./check-rights.ts";
import { checkServer } from "./check-server.ts";
import { checkTriggers } from "./check-triggers.ts";
import { versionOf } from "./migrate.ts";
import { migrations } from "./migrations/index.ts";
import { requireKnownVersion } from "./schema-version.ts";
import { openSession, type Session } from "./session.ts";
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
	const sessions: Session[] = [];
	const open = async () => {
		const session = await openSession({ url, name: "doctor", prepare: false });
		sessions.push(session);
		return session;
	};
	try {
		const session = await open();
		await checkServer(session);
		await checkPooler(session, await open());
		const version = await versionOf(session);
		requireKnownVersion(version);
		if (version > 0) {
			await checkRights(session);
			await checkTriggers(session, migrations.slice(0, version));
		}
		return { ...(await factsOf(session)), differing: await settingsThatDiffer(session, shared) };
	} catch (error) {
		if (error instanceof UnusableDatabase) return error.fault;
		return faultIn(error, url) ?? `it does not answer (${reasonOf(error)})`;
	} finally {
		await Promise.all(sessions.map((session) => session.close()));
	}
}

async function factsOf(session: Session): Promise<Pick<Inspection, "version" | "isEncrypted">> {
	const { rows } = await session.run<{ version: string; isEncrypted: boolean | null }>(`
		SELECT split_part(current_setting('server_version'), ' ', 1) AS version,
			(SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()) AS "isEncrypted"`);
	return { version: rows[0]?.version ?? "", isEncrypted: rows[0]?.isEncrypted === true };
}
