import type { Key } from "../../../shared/wire.ts";
import type { SignedInActor } from "../../activity/actor.ts";
import { recordActivity } from "../../activity/record.store.ts";
import { invalidField, ProblemError } from "../../errors/problem-error.ts";
import type { Database } from "../../storage/database.ts";
import { requireRight } from "../../workspaces/membership.store.ts";
import { hasSuccessor } from "../rotate/successors.store.ts";
import { findKey, hasKey } from "./key.store.ts";
import { insertKey, revokeKey } from "./key-writes.store.ts";

interface ByPerson {
	actor: SignedInActor;
	workspaceId: string;
}

export interface KeyToCreate extends ByPerson {
	id: string;
	/** SHA-256 of the key, in hex. */
	digest: string;
	hint: string;
	label: string;
	/** The id of the key that it takes over from. */
	replaces: string | null;
}

/** @throws ProblemError 400 where the workspace has no key `replaces`, and as `requireRight` */
export async function createKey(db: Database, { actor, workspaceId, replaces, ...key }: KeyToCreate): Promise<Key> {
	await requireRight(db, { accountId: actor.accountId, workspaceId, right: "manage_keys" });
	if (replaces !== null && !(await hasKey(db, { workspaceId, keyId: replaces }))) {
		throw invalidField("replaces", "there is no such key in this workspace");
	}
	await insertKey(db, { ...key, actor, workspaceId, replaces, origin: "dashboard", place: null, confirmBy: null });
	return foundKey(db, workspaceId, key.id);
}

/** @throws ProblemError 404 where the workspace has no such key, and as `requireRight` */
export async function renameKey(
	db: Database,
	{ actor, workspaceId, keyId, label }: ByPerson & { keyId: string; label: string },
): Promise<Key> {
	await requireRight(db, { accountId: actor.accountId, workspaceId, right: "manage_keys" });
	const before = await foundKey(db, workspaceId, keyId);
	if (before.label === label) return before;
	await db.updateTable("api_key").set({ label }).where("id", "=", keyId).execute();
	const detail = { from: before.label, to: label };
	await recordActivity(db, { actor, workspaceId, kind: "key.renamed", keyId, detail });
	return { ...before, label };
}

/** Revokes a key as a person asks; one that is revoked already stays as it is. @throws ProblemError as `renameKey` */
export async function deleteKey(
	db: Database,
	{ actor, workspaceId, keyId }: ByPerson & { keyId: string },
): Promise<void> {
	await requireRight(db, { accountId: actor.accountId, workspaceId, right: "manage_keys" });
	if (!(await hasKey(db, { workspaceId, keyId }))) throw noKey();
	const reason = (await hasSuccessor(db, { keyId })) ? "replaced" : "deleted";
	await revokeKey(db, { actor, keyId, reason });
}

async function foundKey(db: Database, workspaceId: string, keyId: string): Promise<Key> {
	const key = await findKey(db, { workspaceId, keyId });
	if (key === undefined) throw noKey();
	return key;
}

function noKey(): ProblemError {
	return new ProblemError(404, "not_found", "There is no such key in this workspace. Reload the list.");
}
