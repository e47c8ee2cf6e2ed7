import Database from "better-sqlite3";

import { newId } from "../../server/ids.ts";
import { digestOf, digestPrefix } from "../../server/keys/authenticate/digest.ts";
import { generateKey } from "../../server/keys/manage/generate-key.ts";

/** Inserts keys as if each had been created in the dashboard, labelled `Key 1.` and so on. Returns the keys. */
export function insertKeys(databasePath: string, workspaceId: string, count: number): string[] {
	const db = new Database(databasePath, { timeout: 5_000 });
	const insert =
		db.prepare(`INSERT INTO api_key (digest_prefix, digest, id, workspace_id, label, label_folded, hint, origin, created_at, sealed_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, 'dashboard', 1, 1)`);
	const secrets = Array.from({ length: count }, generateKey);
	db.transaction(() => {
		for (const [index, secret] of secrets.entries()) {
			const digest = digestOf(secret);
			const values = [newId("key"), workspaceId, `Key ${index + 1}.`, `key ${index + 1}.`, secret.slice(-4)];
			insert.run(digestPrefix(digest), Buffer.from(digest, "hex"), ...values);
		}
	}).immediate();
	db.close();
	return secrets;
}
