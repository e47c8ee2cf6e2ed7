import type { AccountReview, Role } from "../../shared/wire.ts";
import { isoTime } from "../clock.ts";
import type { Database } from "../storage/database.ts";

/** Of each kind. */
const MAX_LISTED = 200;

interface ByAccount {
	accountId: string;
}

/**
 * What an account had before its address was first proven: what a stranger who signed up with the address could have left
 * behind. Null if there is nothing to review, or it was reviewed.
 */
export async function findReview(db: Database, { accountId }: ByAccount): Promise<AccountReview | null> {
	const review = await db
		.selectFrom("account_review")
		.select("since")
		.where("account_id", "=", accountId)
		.executeTakeFirst();
	if (review === undefined) return null;
	const { since } = review;
	return {
		since: isoTime(since),
		workspaces: await workspacesOf(db, accountId),
		keys: (await keysOf(db, accountId, since)).map(withTime),
		backends: (await backendsOf(db, accountId, since)).map(withTime),
		invitations: (await invitationsOf(db, accountId)).map(withTime),
	};
}

export async function hasReview(db: Database, { accountId }: ByAccount): Promise<boolean> {
	const review = await db
		.selectFrom("account_review")
		.select("since")
		.where("account_id", "=", accountId)
		.executeTakeFirst();
	return review !== undefined;
}

export async function endReview(db: Database, { accountId }: ByAccount): Promise<void> {
	await db.deleteFrom("account_review").where("account_id", "=", accountId).execute();
}

async function workspacesOf(db: Database, accountId: string): Promise<AccountReview["workspaces"]> {
	const rows = await membershipsOf(db, accountId)
		.select((eb) => [
			"w.id",
			"w.name",
			"m.role",
			eb
				.selectFrom("member as p")
				.select(({ fn }) => fn.countAll<number>().as("count"))
				.whereRef("p.workspace_id", "=", "w.id")
				.as("people"),
			eb
				.selectFrom("member as o")
				.select(({ fn }) => fn.countAll<number>().as("count"))
				.whereRef("o.workspace_id", "=", "w.id")
				.where("o.role", "=", "owner")
				.as("owners"),
		])
		.orderBy("w.created_at")
		.orderBy("w.id")
		.execute();
	return rows.map(({ owners, people, ...workspace }) => ({
		...workspace,
		people: people ?? 0,
		end: workspace.role === "owner" && owners === 1 ? "delete" : "leave",
	}));
}

/** Active ones that the account may revoke. */
function keysOf(db: Database, accountId: string, since: number) {
	return membershipsOf(db, accountId, ["owner", "admin"])
		.innerJoin("api_key as k", "k.workspace_id", "w.id")
		.select(["k.id", "w.id as workspaceId", "w.name as workspaceName", "k.label", "k.hint", "k.created_at as at"])
		.where("k.created_by", "=", accountId)
		.where("k.revoked_at", "is", null)
		.where("k.created_at", "<=", since)
		.orderBy("k.created_at", "desc")
		.limit(MAX_LISTED)
		.execute();
}

function backendsOf(db: Database, accountId: string, since: number) {
	return membershipsOf(db, accountId, ["owner", "admin"])
		.innerJoin("backend as b", "b.workspace_id", "w.id")
		.select(["b.id", "w.id as workspaceId", "w.name as workspaceName", "b.name", "b.created_at as at"])
		.where("b.created_by", "=", accountId)
		.where("b.created_at", "<=", since)
		.orderBy("b.created_at", "desc")
		.limit(MAX_LISTED)
		.execute();
}

function invitationsOf(db: Database, accountId: string) {
	return membershipsOf(db, accountId, ["owner"])
		.innerJoin("invitation as i", "i.workspace_id", "w.id")
		.select(["i.id", "w.id as workspaceId", "w.name as workspaceName", "i.role", "i.created_at as at"])
		.where("i.created_by", "=", accountId)
		.where("i.expires_at", ">", db.now)
		.orderBy("i.created_at", "desc")
		.limit(MAX_LISTED)
		.execute();
}

function membershipsOf(db: Database, accountId: string, roles?: Role[]) {
	const memberships = db
		.selectFrom("member as m")
		.innerJoin("workspace as w", "w.id", "m.workspace_id")
		.where("m.account_id", "=", accountId);
	return roles === undefined ? memberships : memberships.where("m.role", "in", roles);
}

function withTime<Row extends { at: number }>({ at, ...row }: Row): Omit<Row, "at"> & { createdAt: string } {
	return { ...row, createdAt: isoTime(at) };
}
