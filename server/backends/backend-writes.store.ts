import type { Backend } from "../../shared/wire.ts";
import type { SignedInActor } from "../activity/actor.ts";
import { recordActivity } from "../activity/record.store.ts";
import { ProblemError } from "../errors/problem-error.ts";
import type { Database } from "../storage/database.ts";
import { requireRight } from "../workspaces/membership.store.ts";
import { listBackends } from "./backends.store.ts";

/** The list has no pages. */
const MAX_BACKENDS = 100;

interface MemberAction {
	actor: SignedInActor;
	workspaceId: string;
}

export interface BackendToCreate extends MemberAction {
	id: string;
	name: string;
	/** SHA-256 of the secret, in hex. */
	secretHash: string;
}

/** @throws ProblemError 409 `too_many_backends`; also those of `requireRight` */
export async function createBackend(
	db: Database,
	{ actor, workspaceId, id, name, secretHash }: BackendToCreate,
): Promise<Backend> {
	await requireRight(db, { accountId: actor.accountId, workspaceId, right: "manage_keys" });
	if ((await listBackends(db, { workspaceId })).length >= MAX_BACKENDS) throw tooManyBackends();
	await db
		.insertInto("backend")
		.values({
			id,
			workspace_id: workspaceId,
			name,
			secret_hash: Buffer.from(secretHash, "hex"),
			created_at: db.now,
			created_by: actor.accountId,
			last_used_at: null,
		})
		.execute();
	await recordActivity(db, { actor, workspaceId, kind: "backend.created", detail: { name } });
	return getBackend(db, workspaceId, id);
}

/** @throws ProblemError 404 if the backend is not in the workspace; also those of `requireRight` */
export async function renameBackend(
	db: Database,
	{ actor, workspaceId, id, name }: MemberAction & { id: string; name: string },
): Promise<Backend> {
	await requireRight(db, { accountId: actor.accountId, workspaceId, right: "manage_keys" });
	const before = await getBackend(db, workspaceId, id);
	if (before.name === name) return before;
	await db.updateTable("backend").set({ name }).where("id", "=", id).execute();
	const detail = { from: before.name, to: name };
	await recordActivity(db, { actor, workspaceId, kind: "backend.renamed", detail });
	return { ...before, name };
}

/** Its credentials are refused from the next request on. @throws ProblemError as `renameBackend` */
export async function deleteBackend(
	db: Database,
	{ actor, workspaceId, id }: MemberAction & { id: string },
): Promise<void> {
	await requireRight(db, { accountId: actor.accountId, workspaceId, right: "manage_keys" });
	const { name } = await getBackend(db, workspaceId, id);
	await db.deleteFrom("backend").where("id", "=", id).execute();
	await recordActivity(db, { actor, workspaceId, kind: "backend.deleted", detail: { name } });
}

async function getBackend(db: Database, workspaceId: string, id: string): Promise<Backend> {
	const backend = (await listBackends(db, { workspaceId })).find((each) => each.id === id);
	if (backend === undefined) {
		throw new ProblemError(
			404,
			"not_found",
			"Backend not found in this workspace. It may have been deleted: reload the list.",
		);
	}
	return backend;
}

function tooManyBackends(): ProblemError {
	return new ProblemError(
		409,
		"too_many_backends",
		`A workspace can have ${MAX_BACKENDS} backends. Delete one that is not in use, then try again.`,
	);
}
