import { type RawBuilder, sql } from "kysely";

import { SILENCE_MINUTES } from "../../../shared/limits.ts";
import type { Key, KeyDetails, Rotation } from "../../../shared/wire.ts";
import type { Database } from "../../storage/database.ts";
import { readFacts } from "../rotate/facts.store.ts";
import { waitsFor } from "../rotate/judge.ts";
import { summarizeServers } from "../rotate/servers.store.ts";
import { lastSuccessorOf, predecessorOf, successorOf } from "../rotate/successors.store.ts";
import { STRETCH_MINUTES } from "../usage/stretches.ts";
import { findKey } from "./find-keys.store.ts";

interface KeyInWorkspace {
	workspaceId: string;
	keyId: string;
}

/** A key with its predecessor and its replacement; undefined if the key is not in the workspace. */
export async function findKeyDetails(db: Database, of: KeyInWorkspace): Promise<KeyDetails | undefined> {
	const { workspaceId, keyId } = of;
	const key = await findKey(db, of);
	if (key === undefined) return undefined;

	async function related(idOf: RawBuilder<string | null>): Promise<Key | null> {
		const { rows } = await sql<{ id: string | null }>`
			SELECT ${idOf} AS id FROM api_key AS k WHERE k.id = ${keyId}`.execute(db);
		const id = rows[0]?.id ?? null;
		return id === null ? null : ((await findKey(db, { workspaceId, keyId: id })) ?? null);
	}

	// A key that was issued but never used did not replace anything.
	const replacement = await related(sql`coalesce(${successorOf(db)}, ${lastSuccessorOf(db)})`);
	return {
		key,
		replaces: await related(sql`coalesce(k.replaces, ${predecessorOf(db)})`),
		replacement,
		servers: await summarizeServers(db, { keyId }),
		rotation:
			key.state === "active" && replacement?.state === "active" ? await findRotation(db, key, replacement) : null,
	};
}

async function findRotation(db: Database, { id: keyId, retirement }: Key, replacement: Key): Promise<Rotation> {
	const facts = await readFacts(db, { keyId, replacedBy: replacement.id, isRetiring: retirement !== null });
	return {
		waitingFor: waitsFor(facts),
		silentMinutes: Math.min(facts.silent * STRETCH_MINUTES, SILENCE_MINUTES),
		servers: await summarizeServers(db, { keyId: replacement.id }),
	};
}
