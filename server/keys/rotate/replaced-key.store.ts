import { sql } from "kysely";

import type { ReplacedKey, RetirementState } from "../../../shared/wire.ts";
import { isoTime } from "../../clock.ts";
import type { Database } from "../../storage/database.ts";
import { joinRevokedMaker } from "../authenticate/revoked-maker.store.ts";
import { readFacts } from "./facts.store.ts";
import { waitsFor } from "./judge.ts";
import { predecessorOf } from "./successors.store.ts";

interface Row {
	id: string;
	label: string;
	hint: string;
	revokedAt: number | null;
	retirement: RetirementState | null;
}

/** The key that this one replaces, and whether a server still needs it. */
export async function findReplacedKey(db: Database, { keyId }: { keyId: string }): Promise<ReplacedKey | null> {
	const { rows } = await sql<Row>`
		SELECT k.id, k.label, k.hint, coalesce(k.revoked_at, m.at) AS "revokedAt", r.state AS retirement
		FROM api_key AS k ${joinRevokedMaker} LEFT JOIN retirement AS r ON r.key_id = k.id
		WHERE k.id = (SELECT coalesce(k.replaces, ${predecessorOf(db)}) FROM api_key AS k WHERE k.id = ${keyId})`.execute(
		db,
	);
	const [row] = rows;
	if (row === undefined) return null;
	const { id, label, hint, revokedAt, retirement } = row;
	const ref = { id, label, hint };
	if (revokedAt !== null) {
		const state = retirement === null ? null : "done";
		return { ...ref, state: "revoked", revokedAt: isoTime(revokedAt), liveServers: 0, retirement: state, safe: true };
	}
	const facts = await readFacts(db, { keyId: id, replacedBy: keyId, isRetiring: retirement !== null });
	const liveServers = facts.live.reduce((sum, { servers }) => sum + servers, 0);
	const safe = waitsFor(facts).length === 0;
	return { ...ref, state: "active", revokedAt: null, liveServers, retirement, safe };
}
