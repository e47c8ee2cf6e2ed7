import type { Session } from "./session.ts";
import { UnusableDatabase } from "./unusable.ts";

const OLDEST = 140_000;

interface Facts {
	version: number;
	versionText: string;
	isStandby: boolean;
	fsync: string;
	synchronousCommit: string;
	encoding: string;
	replicationRole: string;
}

/**
 * Refuses a server that cannot keep what is promised.
 * @throws StorageError `unusable`
 */
export async function checkServer(session: Session): Promise<void> {
	const { rows } = await session.run<Facts>(`
		SELECT current_setting('server_version_num')::int AS version, current_setting('server_version') AS "versionText",
			pg_is_in_recovery() AS "isStandby", current_setting('fsync') AS fsync,
			current_setting('synchronous_commit') AS "synchronousCommit", current_setting('server_encoding') AS encoding,
			current_setting('session_replication_role') AS "replicationRole"`);
	const fault = rows[0] && faultOf(rows[0]);
	if (fault !== undefined) throw new UnusableDatabase(fault);
}

function faultOf(facts: Facts): string | undefined {
	if (facts.version < OLDEST) return `it is PostgreSQL ${facts.versionText}, and 14 or newer is needed`;
	if (facts.isStandby) return "it is a standby: give the address of the primary";
	if (facts.fsync !== "on") return "it runs with fsync off, and would lose what it has confirmed: turn it on";
	if (["off", "local"].includes(facts.synchronousCommit))
		return `synchronous_commit is ${facts.synchronousCommit} for this user, and must be on: what is confirmed could be lost`;
	if (facts.encoding !== "UTF8") return `its encoding is ${facts.encoding}: create it with ENCODING 'UTF8'`;
	if (facts.replicationRole === "replica")
		return "session_replication_role is replica for this user, and a revoked key would stay in use: reset it to origin";
	return undefined;
}
