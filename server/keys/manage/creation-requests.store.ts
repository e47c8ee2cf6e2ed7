import { ProblemError } from "../../errors/problem-error.ts";
import type { Database } from "../../storage/database.ts";
import { findKey } from "./find-keys.store.ts";

const KEPT_MS = 24 * 3_600_000;
const MAX_PER_STEP = 500;

/** A request that may be repeated, as SHA-256 in hex: of its `Idempotency-Key`, and of its body. */
export interface RepeatableRequest {
	requestHash: string;
	bodyHash: string;
}

interface Request {
	accountId: string;
	workspaceId: string;
	request: RepeatableRequest;
}

/** @throws ProblemError 409 `already_created`, 422 `idempotency_key_reused` */
export async function refuseRepeated(db: Database, { accountId, workspaceId, request }: Request): Promise<void> {
	const earlier = await db
		.selectFrom("creation_request")
		.select(["body_hash", "key_id"])
		.where("account_id", "=", accountId)
		.where("workspace_id", "=", workspaceId)
		.where("request_hash", "=", Buffer.from(request.requestHash, "hex"))
		.where("created_at", ">", db.now - KEPT_MS)
		.executeTakeFirst();
	if (earlier === undefined) return;
	if (!Buffer.from(request.bodyHash, "hex").equals(earlier.body_hash)) {
		throw new ProblemError(
			422,
			"idempotency_key_reused",
			"This Idempotency-Key was used to create a key from another body, and nothing was created now. Send a new one for another key.",
		);
	}
	const key = await findKey(db, { workspaceId, keyId: earlier.key_id });
	throw new ProblemError(
		409,
		"already_created",
		"This request has created a key already, and nothing was created now. Its secret was in the first response only: if that was lost, delete the key, and create another with a new Idempotency-Key.",
		{ ...(key !== undefined && { members: { key } }) },
	);
}

export async function rememberCreation(
	db: Database,
	{ accountId, workspaceId, request, keyId }: Request & { keyId: string },
): Promise<void> {
	const row = { body_hash: Buffer.from(request.bodyHash, "hex"), key_id: keyId, created_at: db.now };
	await db
		.insertInto("creation_request")
		.values({
			account_id: accountId,
			workspace_id: workspaceId,
			request_hash: Buffer.from(request.requestHash, "hex"),
			...row,
		})
		// Older than a day, and not swept yet.
		.onConflict((conflict) => conflict.columns(["account_id", "workspace_id", "request_hash"]).doUpdateSet(row))
		.execute();
}

/** Forgets a batch of requests after a day. False if there were none. */
export async function sweepCreationRequests(db: Database): Promise<boolean> {
	const old = db
		.selectFrom("creation_request")
		.select(["account_id", "workspace_id", "request_hash"])
		.where("created_at", "<=", db.now - KEPT_MS)
		.orderBy("created_at")
		.limit(MAX_PER_STEP);
	const { numDeletedRows } = await db
		.deleteFrom("creation_request")
		.where(({ eb, refTuple }) =>
			eb(
				refTuple("account_id", "workspace_id", "request_hash"),
				"in",
				old.$asTuple("account_id", "workspace_id", "request_hash"),
			),
		)
		.executeTakeFirstOrThrow();
	return numDeletedRows > 0n;
}
