import { type RawBuilder, sql } from "kysely";

import { foldText } from "../../folded-text.ts";

/** Keys with `text` in their label, place name or hint, in any spelling that folds to the same. Undefined: all keys. */
export function searchFor(text: string): RawBuilder<boolean> | undefined {
	const folded = foldText(text);
	if (folded === "") return undefined;
	// In no text that is stored; SQLite's LIKE takes it for the end of the pattern.
	if (folded.includes("\0")) return sql`1 = 0`;
	const pattern = `%${folded.replaceAll(/[\\%_]/g, "\\$&")}%`;
	const has = (column: string) => sql`${sql.ref(column)} LIKE ${pattern} ESCAPE '\\'`;
	return sql`(${has("label_folded")} OR ${has("hint")} OR ${has("place_name_folded")})`;
}
