import type { Key } from "../../../shared/wire.ts";
import type { SignedInActor } from "../../activity/actor.ts";
import { ProblemError } from "../../errors/problem-error.ts";
import { takeQuota } from "../../quotas/quotas.store.ts";
import type { Database } from "../../storage/database.ts";
import { requireRight } from "../../workspaces/membership.store.ts";
import { findKey } from "../manage/find-keys.store.ts";
import { keyNotFound } from "../manage/refusals.ts";
import { beginRetirement, cancelRetirement } from "./retirement.store.ts";

interface KeyOfMember {
	actor: SignedInActor;
	workspaceId: string;
	keyId: string;
}

/** @throws ProblemError 404, 409 `already_revoked` or `not_a_successor`, 429; also those of `requireRight` */
export async function retireKeyAsMember(
	db: Database,
	{ replacedBy, ...of }: KeyOfMember & { replacedBy: string },
): Promise<Key> {
	await requireActiveKey(db, of);
	const { workspaceId, keyId } = of;
	const successor = await findKey(db, { workspaceId, keyId: replacedBy });
	const isSuccessor = successor?.state === "active" && successor.confirmedAt !== null && replacedBy !== keyId;
	if (!isSuccessor) {
		throw new ProblemError(
			409,
			"not_a_successor",
			"A key can only be retired in favor of another active key of this workspace that has been used. Reload the page, or generate a new key.",
		);
	}
	await takeQuota(db, { kind: "changes", ...of.actor });
	await beginRetirement(db, { ...of, replacedBy });
	return getKey(db, of);
}

/** @throws ProblemError 404, 409 `already_revoked`; also those of `requireRight` */
export async function keepKeyAsMember(db: Database, of: KeyOfMember): Promise<Key> {
	await requireActiveKey(db, of);
	await cancelRetirement(db, of);
	return getKey(db, of);
}

async function requireActiveKey(db: Database, of: KeyOfMember): Promise<void> {
	await requireRight(db, { accountId: of.actor.accountId, workspaceId: of.workspaceId, right: "manage_keys" });
	const { state } = await getKey(db, of);
	if (state === "active") return;
	throw new ProblemError(409, "already_revoked", "This key is already revoked, which cannot be undone.");
}

async function getKey(db: Database, { workspaceId, keyId }: KeyOfMember): Promise<Key> {
	const key = await findKey(db, { workspaceId, keyId });
	if (key === undefined) throw keyNotFound();
	return key;
}
