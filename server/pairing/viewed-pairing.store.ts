import type { Pairing } from "../../shared/wire.ts";
import type { Database } from "../storage/database.ts";
import { mayManageKeys } from "../workspaces/rights.ts";
import type { Viewer } from "./requested-from.ts";
import { toPairing, type ViewedPairing } from "./viewed-pairing.ts";

export interface View {
	/** Normalized by `readUserCode`. */
	userCode: string;
	/** The viewer. */
	accountId: string;
}

/** The pairing with this code, read in one statement. */
export async function findPairing(db: Database, { userCode, accountId }: View): Promise<ViewedPairing | undefined> {
	const found = await db
		.selectFrom("pairing as p")
		.leftJoin("api_key as k", (join) =>
			join.on("k.id", "=", ({ fn, ref }) => fn.coalesce(ref("p.proven_key_id"), ref("p.reported_key_id"))),
		)
		.leftJoin("member as m", (join) =>
			join.onRef("m.workspace_id", "=", "k.workspace_id").on("m.account_id", "=", accountId),
		)
		.select(["p.id", "p.user_code", "p.status", "p.intent", "p.place_id", "p.universe_id", "p.place_name"])
		.select(["p.studio_user_id", "p.reported_key_id", "p.created_at", "p.expires_at", "p.claimed_by"])
		.select(["p.approved_by", "p.workspace_id", "p.label", "p.previous_key_fate", "p.key_id"])
		.select(["p.started_from", "p.started_agent", "p.polled_from", "p.polled_agent", "p.forwarded", "p.proven_key_id"])
		.select(["p.plugin_version", "p.retires_previous"])
		.select(["k.id as k_id", "k.label as k_label", "k.hint as k_hint", "k.last_used_at as k_last_used_at"])
		.select("k.last_server_at as k_last_server_at")
		.select(["k.workspace_id as k_workspace_id", "m.role"])
		.where("p.user_code", "=", userCode)
		.executeTakeFirst();
	if (found === undefined) return undefined;
	const { k_id, k_label, k_hint, k_last_used_at, k_last_server_at, k_workspace_id, role, ...row } = found;
	const isKnown = k_id !== null && k_label !== null && k_hint !== null && k_workspace_id !== null;
	const previous =
		isKnown && mayManageKeys(role ?? undefined)
			? {
					id: k_id,
					label: k_label,
					hint: k_hint,
					workspaceId: k_workspace_id,
					lastUsedAt: k_last_used_at,
					lastServerAt: k_last_server_at,
				}
			: null;
	return { ...row, previous };
}

/** The pairing if the account has claimed it. Does not write, since pages poll it. */
export async function findClaimedPairing(
	db: Database,
	{ viewer, ...view }: View & { viewer: Viewer },
): Promise<Pairing | undefined> {
	const viewed = await findPairing(db, view);
	return viewed?.claimed_by === view.accountId ? toPairing(viewed, viewer, db.now) : undefined;
}
