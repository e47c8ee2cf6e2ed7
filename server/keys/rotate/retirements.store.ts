import { sql } from "kysely";

import type { Retirement, RetirementState } from "../../../shared/wire.ts";
import { personRef } from "../../activity/person-ref.ts";
import { isoTime } from "../../clock.ts";
import type { Database } from "../../storage/database.ts";
import { readRetirementFacts } from "./facts.store.ts";
import { waitsFor } from "./judge.ts";

interface Row {
	keyId: string;
	since: number;
	state: RetirementState;
	by: string | null;
	byName: string | null;
	byLeft: number | boolean;
	id: string | null;
	label: string | null;
	hint: string | null;
}

/** The retirements of these keys, by key id. */
export async function readRetirements(
	db: Database,
	{ ids }: { ids: readonly string[] },
): Promise<Map<string, Retirement>> {
	const { rows } = await sql<Row>`
		SELECT r.key_id AS "keyId", r.since, r.state, r.begun_by AS by, person.name AS "byName",
			NOT EXISTS (
				SELECT 1 FROM api_key AS k JOIN member AS p ON p.workspace_id = k.workspace_id
				WHERE k.id = r.key_id AND p.account_id = r.begun_by
			) AS "byLeft",
			s.id, s.label, s.hint
		FROM retirement AS r
		LEFT JOIN "user" AS person ON person.id = r.begun_by
		LEFT JOIN api_key AS s ON s.id = r.replaced_by
		WHERE r.key_id IN ${db.fragments.list(ids)}`.execute(db);
	const retirements = new Map<string, Retirement>();
	for (const { keyId, since, state, by, byName, byLeft, id, label, hint } of rows) {
		retirements.set(keyId, {
			since: isoTime(since),
			by: personRef(by, byName, byLeft),
			replacedBy: id === null || label === null || hint === null ? null : { id, label, hint },
			state,
			waitingFor: state === "done" ? [] : waitsFor(await readRetirementFacts(db, { keyId })),
		});
	}
	return retirements;
}
