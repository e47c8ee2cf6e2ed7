import { randomBytes } from "node:crypto";

import type { Workspace } from "../../shared/wire.ts";
import { requireLiveSession } from "../accounts/sessions/sessions.store.ts";
import type { SignedInActor } from "../activity/actor.ts";
import { recordActivity } from "../activity/record.store.ts";
import type { Database } from "../storage/database.ts";
import { requireRight, requireRoom } from "./membership.store.ts";

const ID_BYTES = 10;

/** The account's workspaces, oldest first. */
export async function listWorkspaces(db: Database, { accountId }: { accountId: string }): Promise<Workspace[]> {
	return db
		.selectFrom("member")
		.innerJoin("workspace", "workspace.id", "member.workspace_id")
		.select(["workspace.id", "workspace.name", "member.role"])
		.where("member.account_id", "=", accountId)
		.where("workspace.deleted_at", "is", null)
		.orderBy("workspace.created_at")
		.orderBy("workspace.id")
		.execute();
}

/**
 * Creates a workspace owned by the actor.
 * @throws ProblemError as `requireLiveSession` and `requireRoom`
 */
export async function createWorkspace(
	db: Database,
	{ actor, sessionId, name }: { actor: SignedInActor; sessionId: string; name: string },
): Promise<Workspace> {
	await requireLiveSession(db, { sessionId });
	await requireRoom(db, { accountId: actor.accountId });
	return insertWorkspace(db, { actor, name });
}

/** `createWorkspace` without its checks, for a new account. */
export async function insertWorkspace(
	db: Database,
	{ actor, name }: { actor: SignedInActor; name: string },
): Promise<Workspace> {
	const id = `ws_${randomBytes(ID_BYTES).toString("hex")}`;
	await db.insertInto("workspace").values({ id, name, created_at: db.now }).execute();
	await db
		.insertInto("member")
		.values({ workspace_id: id, account_id: actor.accountId, role: "owner", joined_at: db.now })
		.execute();
	await recordActivity(db, { actor, workspaceId: id, kind: "workspace.created", detail: { to: name } });
	return { id, name, role: "owner" };
}

/** @throws ProblemError as `requireRight` */
export async function renameWorkspace(
	db: Database,
	{ actor, workspaceId, name }: { actor: SignedInActor; workspaceId: string; name: string },
): Promise<Workspace> {
	const role = await requireRight(db, { accountId: actor.accountId, workspaceId, right: "manage_people" });
	const before = await nameOfWorkspace(db, { workspaceId });
	if (before !== name) {
		await db.updateTable("workspace").set({ name }).where("id", "=", workspaceId).execute();
		await recordActivity(db, { actor, workspaceId, kind: "workspace.renamed", detail: { from: before, to: name } });
	}
	return { id: workspaceId, name, role };
}

export async function nameOfWorkspace(db: Database, { workspaceId }: { workspaceId: string }): Promise<string> {
	const { name } = await db
		.selectFrom("workspace")
		.select("name")
		.where("id", "=", workspaceId)
		.executeTakeFirstOrThrow();
	return name;
}
