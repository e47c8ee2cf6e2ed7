import type Database from "better-sqlite3";

import { foldText } from "../../../folded-text.ts";

/** As in the earlier indexes, but for the label, which is sorted as folded. */
const ORDERS = {
	created: "created_at",
	label: "label_folded",
	used: "max(coalesce(last_used_at, 0), coalesce(studio_used_at, 0), coalesce(plugin_used_at, 0))",
	requests: "requests_24h",
};

const orders = Object.entries(ORDERS).flatMap(([name, column]) =>
	["active", "revoked"].map((state) => ({ index: `api_key_${state}_by_${name}`, column, state })),
);

/** Labels and names of places as they are searched: folded, which SQL cannot do. */
export function foldedText(db: Database.Database): void {
	db.exec(`
		ALTER TABLE api_key ADD COLUMN label_folded TEXT NOT NULL DEFAULT '';
		ALTER TABLE api_key ADD COLUMN place_name_folded TEXT;
		${orders.map(({ index }) => `DROP INDEX ${index};`).join("\n")}
		DROP INDEX api_key_by_label_core;
		ALTER TABLE api_key DROP COLUMN label_core;
	`);
	db.function("fold_text", { deterministic: true }, (text) => foldText(String(text)));
	db.exec(`
		UPDATE api_key SET label_folded = fold_text(label),
			place_name_folded = CASE WHEN place_name IS NOT NULL THEN fold_text(place_name) END;
		-- The folded label without trailing numbers; empty if it has fewer than three letters or digits.
		ALTER TABLE api_key ADD COLUMN label_core TEXT GENERATED ALWAYS AS (
			CASE WHEN octet_length(trim(label_folded, ' -_.,:;!?#*+()[]/')) < 3 THEN ''
			ELSE ltrim(rtrim(label_folded, ' -_.,:;!?#*+()[]/0123456789'), ' -_.,:;!?#*+()[]/') END
		) VIRTUAL;
		CREATE INDEX api_key_by_label_core ON api_key (workspace_id, label_core, id) WHERE revoked_at IS NULL;
		${orders.map(createIndex).join("\n")}
	`);
}

/** With the columns that a search reads. */
function createIndex({ index, column, state }: (typeof orders)[number]): string {
	return `CREATE INDEX ${index} ON api_key
		(workspace_id, ${column}, id, label_folded, place_name_folded, hint, revoked_at)
		WHERE revoked_at IS ${state === "active" ? "NULL" : "NOT NULL"};`;
}
