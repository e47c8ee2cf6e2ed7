import type { Role } from "../../shared/wire.ts";
import { ProblemError } from "../errors/problem-error.ts";
import type { Database } from "../storage/database.ts";
import { mayManageKeys, mayManagePeople, type WorkspaceRight } from "./rights.ts";

const MOST_WORKSPACES = 100;

export interface Membership {
	accountId: string;
	workspaceId: string;
}

/** The account's role in the workspace now, undefined for strangers. */
export async function roleOf(db: Database, { accountId, workspaceId }: Membership): Promise<Role | undefined> {
	const member = await db
		.selectFrom("member")
		.select("role")
		.where("workspace_id", "=", workspaceId)
		.where("account_id", "=", accountId)
		.executeTakeFirst();
	return member?.role;
}

/**
 * The account's role, where it has the right. Ask again inside the transaction that makes use of it.
 * @throws ProblemError 404 for strangers, 403 for members without the right
 */
export async function requireRight(db: Database, of: Membership & { right: WorkspaceRight }): Promise<Role> {
	const role = await roleOf(db, of);
	if (role === undefined) throw noWorkspace();
	if (of.right === "manage_keys" && !mayManageKeys(role)) throw forbidden("an owner or admin");
	if (of.right === "manage_people" && !mayManagePeople(role)) throw forbidden("an owner");
	return role;
}

/**
 * Room for one workspace more: each is work for the moment in which an account ends.
 * @throws ProblemError 409 `too_many_workspaces`
 */
export async function requireRoom(db: Database, { accountId }: { accountId: string }): Promise<void> {
	const { count } = await db
		.selectFrom("member")
		.select((eb) => eb.fn.countAll<number>().as("count"))
		.where("account_id", "=", accountId)
		.executeTakeFirstOrThrow();
	if (count < MOST_WORKSPACES) return;
	throw new ProblemError(
		409,
		"too_many_workspaces",
		`You are in ${MOST_WORKSPACES} workspaces, and nobody can be in more. Leave or delete one first.`,
	);
}

function noWorkspace(): ProblemError {
	return new ProblemError(404, "not_found", "There is no such workspace, or you are no member of it.");
}

function forbidden(whom: string): ProblemError {
	return new ProblemError(403, "forbidden", `Your role in this workspace does not allow that. Ask ${whom}.`);
}
