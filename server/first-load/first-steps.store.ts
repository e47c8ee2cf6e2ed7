import type { FirstSteps } from "../../shared/wire.ts";
import { isoTime } from "../clock.ts";
import { usedAt } from "../keys/usage/key-uses.store.ts";
import { latest } from "../keys/usage/times.ts";
import type { Database } from "../storage/database.ts";

/** Enough, since a workspace with more keys completed these steps long ago. */
const MAX_KEYS_READ = 200;

/** `accountId`: its pairings count even before they are approved for a workspace. */
export async function firstSteps(
	db: Database,
	{ workspaceId, accountId }: { workspaceId: string; accountId: string },
): Promise<FirstSteps> {
	const someKeys = db
		.selectFrom("api_key")
		.select(["created_at", "origin", "sealed_at"])
		.where("workspace_id", "=", workspaceId)
		.limit(MAX_KEYS_READ);
	const lastUsed = db
		.selectFrom("api_key")
		.select(({ fn, ref }) => fn.coalesce(ref("last_used_at"), usedAt(db)).as("at"))
		.where("workspace_id", "=", workspaceId)
		.where(usedAt(db), ">", 0)
		// The plugin uses a key from Studio as soon as it is installed, before the place is published.
		.where((key) => key.or([key("last_used_at", "is not", null), key("origin", "=", "dashboard")]))
		.orderBy(usedAt(db), "desc")
		.limit(1);
	const { claimedAt, fromStudioAt, sealedAt, activeAt, revokedAt, pluginVersion } = await db
		.selectFrom(someKeys.as("key"))
		.select((eb) => [
			eb.fn.min<number | null>("created_at").filterWhere("origin", "=", "studio").as("fromStudioAt"),
			eb.fn.min<number | null>("sealed_at").as("sealedAt"),
			eb
				.selectFrom("pairing")
				.select(({ fn }) => fn.min<number | null>("created_at").as("at"))
				.where("claimed_by", "=", accountId)
				.as("claimedAt"),
			eb
				.selectFrom("pairing")
				.select("plugin_version")
				.where("claimed_by", "=", accountId)
				.orderBy("created_at", "desc")
				.limit(1)
				.as("pluginVersion"),
			// Each is the first entry of an index.
			lastUsed.where("revoked_at", "is", null).as("activeAt"),
			lastUsed.where("revoked_at", "is not", null).as("revokedAt"),
		])
		.executeTakeFirstOrThrow();
	return {
		pluginAt: isoTime(fromStudioAt ?? claimedAt),
		connectedAt: isoTime(sealedAt),
		requestAt: isoTime(latest(activeAt, revokedAt)),
		...(pluginVersion !== null && { pluginVersion }),
	};
}
