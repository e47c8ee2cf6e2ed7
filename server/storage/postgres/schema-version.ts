import { migrations } from "./migrations/index.ts";
import { UnusableDatabase } from "./unusable.ts";

/**
 * Refuses a database that a newer version has migrated, at the start and while others are being updated.
 * @throws StorageError `unusable`
 */
export function requireKnownVersion(version: number, known = migrations.length): void {
	if (version <= known) return;
	throw new UnusableDatabase(
		`it was written by a newer Auxvyn (schema ${version}, and this one knows ${known}): update Auxvyn`,
	);
}
