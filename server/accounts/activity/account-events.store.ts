import type { AccountEvent, AccountEventKind } from "../../../shared/wire.ts";
import { isoTime } from "../../clock.ts";
import type { Database } from "../../storage/database.ts";

/** Wrong passwords have rows of their own, so that a flood of them pushes out nothing else. */
const MAX_WRONG_PASSWORDS = 50;
const MAX_OTHERS = 200;
/** Wrong passwords from one address within this time share a row. */
const COUNTED_TOGETHER_MS = 3_600_000;
const MAX_LISTED = 100;
const KEPT_MS = 90 * 86_400_000;
const MAX_PER_STEP = 500;

/** Where a request came from. */
export interface Client {
	address: string | null;
	/** Without secrets. */
	userAgent: string | null;
}

export interface NewAccountEvent {
	accountId: string;
	kind: AccountEventKind;
	client: Client;
}

/** Adds to the account's own activity. Does nothing if the account is gone. */
export async function recordAccountEvent(db: Database, { accountId, kind, client }: NewAccountEvent): Promise<void> {
	if (kind === "wrong_password" && (await countAgain(db, accountId, client))) return;
	const { address, userAgent: user_agent } = client;
	await db
		.insertInto("account_event")
		.columns(["account_id", "at", "kind", "address", "user_agent"])
		.expression(
			db
				.selectFrom("user")
				.select((eb) => [
					"id",
					eb.val(db.now).as("at"),
					eb.val(kind).as("kind"),
					eb.val(address).as("address"),
					eb.val(user_agent).as("user_agent"),
				])
				.where("id", "=", accountId),
		)
		.execute();
	await dropSurplus(db, accountId, kind);
}

/** The same by e-mail address. Records nothing if it has no account. */
export async function recordWrongPassword(
	db: Database,
	{ email, client }: { email: string; client: Client },
): Promise<void> {
	const account = await db.selectFrom("user").select("id").where("email", "=", email).executeTakeFirst();
	if (account !== undefined) await recordAccountEvent(db, { accountId: account.id, kind: "wrong_password", client });
}

/** True if an earlier row counts this wrong password too. */
async function countAgain(db: Database, accountId: string, { address, userAgent }: Client): Promise<boolean> {
	const { numUpdatedRows } = await db
		.updateTable("account_event")
		.set((eb) => ({ count: eb("count", "+", 1), at: db.now, user_agent: userAgent }))
		.where("account_id", "=", accountId)
		.where("kind", "=", "wrong_password")
		.where("address", "=", address)
		.where("at", ">", db.now - COUNTED_TOGETHER_MS)
		.executeTakeFirstOrThrow();
	return numUpdatedRows > 0n;
}

async function dropSurplus(db: Database, accountId: string, kind: AccountEventKind): Promise<void> {
	const isWrong = kind === "wrong_password";
	const comparison = isWrong ? "=" : "<>";
	const kept = db
		.selectFrom("account_event")
		.select("id")
		.where("account_id", "=", accountId)
		.where("kind", comparison, "wrong_password")
		.orderBy("at", "desc")
		.orderBy("id", "desc")
		.limit(isWrong ? MAX_WRONG_PASSWORDS : MAX_OTHERS);
	await db
		.deleteFrom("account_event")
		.where("account_id", "=", accountId)
		.where("kind", comparison, "wrong_password")
		.where("id", "not in", kept)
		.execute();
}

/** The account's own activity, latest first. */
export async function listAccountEvents(db: Database, { accountId }: { accountId: string }): Promise<AccountEvent[]> {
	const rows = await db
		.selectFrom("account_event")
		.select(["at", "kind", "address", "user_agent as userAgent", "count"])
		.where("account_id", "=", accountId)
		.orderBy("at", "desc")
		.orderBy("id", "desc")
		.limit(MAX_LISTED)
		.execute();
	return rows.map((row) => ({ ...row, at: isoTime(row.at) }));
}

/** Deletes a batch of old events. False if there were none. */
export async function sweepAccountEvents(db: Database): Promise<boolean> {
	const old = db
		.selectFrom("account_event")
		.select("id")
		.where("at", "<=", db.now - KEPT_MS)
		.orderBy("at")
		.limit(MAX_PER_STEP);
	const { numDeletedRows } = await db.deleteFrom("account_event").where("id", "in", old).executeTakeFirstOrThrow();
	return numDeletedRows > 0n;
}
