import type { Database } from "../storage/database.ts";
import { countUses, scaled } from "./quotas.store.ts";

/** Mails a day about the approvals of one account, and in one workspace. */
const MAX_PER_ACCOUNT = 300;
const MAX_PER_WORKSPACE = 600;

export interface Alerts {
	/** Who causes them. */
	accountId: string;
	workspaceId: string;
	/** One for each recipient. */
	count: number;
}

/**
 * How many of `count` mails may be sent. Never refuses what the mails are about: that is in the workspace's activity
 * anyway.
 */
export async function takeAlerts(db: Database, { accountId, workspaceId, count }: Alerts): Promise<number> {
	if (db.limitScale === 0) return count;
	const limits = new Map([
		[accountId, scaled(db, MAX_PER_ACCOUNT)],
		[workspaceId, scaled(db, MAX_PER_WORKSPACE)],
	]);
	const uses = await countUses(db, { kind: "alerts", users: [...limits.keys()], count });
	const excess = uses.map(({ user, used }) => used - (limits.get(user) ?? 0));
	return Math.max(0, count - Math.max(0, ...excess));
}
