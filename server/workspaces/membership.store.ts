import type { Role } from "../../shared/wire.ts";
import { ProblemError } from "../errors/problem-error.ts";
import type { Database } from "../storage/database.ts";
import { mayManageKeys, mayManagePeople, type WorkspaceRight } from "./rights.ts";

const MAX_WORKSPACES = 100;

export interface Membership {
	accountId: string;
	workspaceId: string;
}

/** The account's role in the workspace; undefined for non-members. */
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
 * Returns the account's role if it has the right. Check again in the transaction that relies on it.
 * @throws ProblemError 404 for non-members, 403 for members without the right
 */
export async function requireRight(db: Database, membership: Membership & { right: WorkspaceRight }): Promise<Role> {
	const role = await roleOf(db, membership);
	if (role === undefined) throw noWorkspace();
	if (membership.right === "manage_keys" && !mayManageKeys(role)) throw forbidden("an owner or admin");
	if (membership.right === "manage_people" && !mayManagePeople(role)) throw forbidden("an owner");
	return role;
}

/**
 * Checks that the account can be in one more workspace. The limit bounds the work of deleting an account.
 * @throws ProblemError 409 `too_many_workspaces`
 */
export async function requireRoom(db: Database, { accountId }: { accountId: string }): Promise<void> {
	const { count } = await db
		.selectFrom("member")
		.select((eb) => eb.fn.countAll<number>().as("count"))
		.where("account_id", "=", accountId)
		.executeTakeFirstOrThrow();
	if (count < MAX_WORKSPACES) return;
	throw new ProblemError(
		409,
		"too_many_workspaces",
		`You are in ${MAX_WORKSPACES} workspaces, which is the maximum. Leave or delete one first.`,
	);
}

function noWorkspace(): ProblemError {
	return new ProblemError(404, "not_found", "Workspace not found, or you are not a member of it.");
}

function forbidden(who: string): ProblemError {
	return new ProblemError(403, "forbidden", `Your role in this workspace does not allow this. Ask ${who}.`);
}
