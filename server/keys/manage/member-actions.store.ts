import type { Key } from "../../../shared/wire.ts";
import type { SignedInActor } from "../../activity/actor.ts";
import { recordActivity } from "../../activity/record.store.ts";
import { invalidField } from "../../errors/problem-error.ts";
import type { Database } from "../../storage/database.ts";
import { requireRight } from "../../workspaces/membership.store.ts";
import { hasSuccessor } from "../rotate/successors.store.ts";
import { refuseRepeated, rememberCreation, type RepeatableRequest } from "./creation-requests.store.ts";
import { findKey, hasKey } from "./find-keys.store.ts";
import { insertKey, revokeKey, storedLabel } from "./key-writes.store.ts";
import { keyNotFound } from "./refusals.ts";

interface MemberAction {
	actor: SignedInActor;
	workspaceId: string;
}

export interface KeyToCreate extends MemberAction {
	id: string;
	/** SHA-256 of the key, in hex. */
	digest: string;
	hint: string;
	label: string;
	/** The id of the key it replaces. */
	replaces: string | null;
	/** Null: it may not be repeated safely. */
	request: RepeatableRequest | null;
}

/** @throws ProblemError 400 if `replaces` is not in the workspace; also those of `requireRight` and `refuseRepeated` */
export async function createKey(
	db: Database,
	{ actor, workspaceId, replaces, request, ...key }: KeyToCreate,
): Promise<Key> {
	const { accountId } = actor;
	await requireRight(db, { accountId, workspaceId, right: "manage_keys" });
	if (request !== null) await refuseRepeated(db, { accountId, workspaceId, request });
	if (replaces !== null && !(await hasKey(db, { workspaceId, keyId: replaces }))) {
		throw invalidField("replaces", "Key not found in this workspace.");
	}
	await insertKey(db, { ...key, actor, workspaceId, replaces, origin: "dashboard", place: null, confirmBy: null });
	if (request !== null) await rememberCreation(db, { accountId, workspaceId, request, keyId: key.id });
	return getKey(db, workspaceId, key.id);
}

/** @throws ProblemError 404 if the key is not in the workspace; also those of `requireRight` */
export async function renameKey(
	db: Database,
	{ actor, workspaceId, keyId, label }: MemberAction & { keyId: string; label: string },
): Promise<Key> {
	await requireRight(db, { accountId: actor.accountId, workspaceId, right: "manage_keys" });
	const before = await getKey(db, workspaceId, keyId);
	if (before.label === label) return before;
	await db.updateTable("api_key").set(storedLabel(label)).where("id", "=", keyId).execute();
	const detail = { from: before.label, to: label };
	await recordActivity(db, { actor, workspaceId, kind: "key.renamed", keyId, detail });
	return { ...before, label };
}

/** Revokes a key; does nothing if it is already revoked. @throws ProblemError as `renameKey` */
export async function revokeKeyAsMember(
	db: Database,
	{ actor, workspaceId, keyId }: MemberAction & { keyId: string },
): Promise<void> {
	await requireRight(db, { accountId: actor.accountId, workspaceId, right: "manage_keys" });
	if (!(await hasKey(db, { workspaceId, keyId }))) throw keyNotFound();
	const reason = (await hasSuccessor(db, { keyId })) ? "replaced" : "deleted";
	await revokeKey(db, { actor, keyId, reason });
}

async function getKey(db: Database, workspaceId: string, keyId: string): Promise<Key> {
	const key = await findKey(db, { workspaceId, keyId });
	if (key === undefined) throw keyNotFound();
	return key;
}
