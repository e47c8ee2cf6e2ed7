import { BoundedMap } from "../http/bounded-map.ts";
import type { SqliteDatabase } from "../storage/open-database.ts";
import { JOIN_END_OF_MAKER } from "./revoke-by-maker.ts";
import { digestPrefix } from "./secret.ts";

/** All that an authenticated request needs to know. */
export interface KnownKey {
	id: string;
	label: string;
	workspaceId: string;
	workspaceName: string;
	sealed: boolean;
	revokedAt: number | null;
	revokedReason: string | null;
}

interface Row extends Omit<KnownKey, "sealed"> {
	digest: Buffer;
	sealed: number;
}

const MOST_CACHED_KEYS = 200_000;

const FIND = `
SELECT k.digest, k.id, k.label, k.workspace_id AS workspaceId, w.name AS workspaceName,
	k.sealed_at IS NOT NULL AS sealed, coalesce(k.revoked_at, m.at, w.deleted_at) AS revokedAt,
	CASE
		WHEN k.revoked_at IS NOT NULL THEN k.revoked_reason
		WHEN m.at IS NOT NULL THEN 'maker_left'
		WHEN w.deleted_at IS NOT NULL THEN 'workspace_deleted'
	END AS revokedReason
FROM api_key k JOIN workspace w ON w.id = k.workspace_id ${JOIN_END_OF_MAKER} WHERE k.digest_prefix = ?`;

/**
 * Finds keys by digest, and remembers the usable ones. Exact in every process on the same database: `data_version` tells
 * at each look whether any other connection committed, and the epoch whether that commit can have changed an answer.
 *
 * `connection` must be read-only and used by nobody else: an open iterator or transaction would pin what it sees, and a
 * connection's own commits do not move its `data_version` (https://www.sqlite.org/pragma.html#pragma_data_version).
 */
export function createKeyCache(connection: SqliteDatabase) {
	const look = connection.prepare<[], number>("PRAGMA data_version").pluck();
	const readEpoch = connection.prepare<[], number>("SELECT value FROM authentication_epoch").pluck();
	const find = connection.prepare<[bigint], Row>(FIND);
	const findLastServer = connection
		.prepare<[string], number | null>("SELECT last_server_at FROM api_key WHERE id = ?")
		.pluck();
	let cache = new BoundedMap<KnownKey>(MOST_CACHED_KEYS);
	const lastServers = new BoundedMap<{ version: number | undefined; at: number | null }>(MOST_CACHED_KEYS);
	let version = look.get();
	let epoch = readEpoch.get();

	function refresh(): void {
		const current = look.get();
		if (current === version) return;
		version = current;
		const currentEpoch = readEpoch.get();
		if (currentEpoch === epoch) return;
		epoch = currentEpoch;
		cache = new BoundedMap(MOST_CACHED_KEYS);
	}

	function read(digest: string): KnownKey | undefined {
		const row = find.get(digestPrefix(digest));
		if (row === undefined || row.digest.toString("hex") !== digest) return undefined;
		const { digest: _, ...known } = row;
		return { ...known, sealed: row.sealed === 1 };
	}

	return {
		/** The key with this SHA-256 as it stands now, revoked ones included. */
		find(digest: string): KnownKey | undefined {
			refresh();
			const cached = cache.get(digest);
			if (cached !== undefined) return cached;
			const known = read(digest);
			if (known?.sealed !== true || known.revokedAt !== null) return known;
			cache.set(digest, known);
			return known;
		},
		/** When a game server last asked with the key that was just found; read again after anybody's commit. */
		lastServerAt(keyId: string): number | null {
			const remembered = lastServers.get(keyId);
			if (remembered !== undefined && remembered.version === version) return remembered.at;
			const at = findLastServer.get(keyId) ?? null;
			lastServers.set(keyId, { version, at });
			return at;
		},
	};
}

export type KeyCache = ReturnType<typeof createKeyCache>;
