import { checkServer } from "./check-server.ts";
import { versionOf } from "./migrate.ts";
import { requireKnownVersion } from "./schema-version.ts";
import { openSession } from "./session.ts";
import { faultIn, reasonOf } from "./start-faults.ts";
import { UnusableDatabase } from "./unusable.ts";

/** Why a server cannot use the database at `url`; undefined if it can. Changes nothing. */
export async function inspectDatabase(url: string): Promise<string | undefined> {
	try {
		const session = await openSession({ url, name: "doctor", prepare: false });
		try {
			await checkServer(session);
			requireKnownVersion(await versionOf(session));
			return undefined;
		} finally {
			await session.close();
		}
	} catch (error) {
		if (error instanceof UnusableDatabase) return error.fault;
		return faultIn(error) ?? `it does not answer (${reasonOf(error)})`;
	}
}
