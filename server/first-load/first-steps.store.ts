import type { FirstSteps } from "../../shared/wire.ts";
import { isoTime } from "../clock.ts";
import type { Database } from "../storage/database.ts";

/** All that there are while it matters: a workspace with more has taken these steps long ago. */
const SOME_KEYS = 200;

/** `accountId`: whose pairings count before it is known which workspace they are for. */
export async function firstSteps(
	db: Database,
	{ workspaceId, accountId }: { workspaceId: string; accountId: string },
): Promise<FirstSteps> {
	const someKeys = db
		.selectFrom("api_key")
		.select(["created_at", "origin", "sealed_at"])
		.where("workspace_id", "=", workspaceId)
		.limit(SOME_KEYS);
	const { claimedAt, fromStudioAt, sealedAt, usedAt } = await db
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
				.selectFrom("api_key")
				.select(({ fn }) => fn.max<number | null>("last_used_at").as("at"))
				.where("workspace_id", "=", workspaceId)
				.as("usedAt"),
		])
		.executeTakeFirstOrThrow();
	return {
		pluginAt: isoTime(fromStudioAt ?? claimedAt),
		connectedAt: isoTime(sealedAt),
		requestAt: isoTime(usedAt),
	};
}
