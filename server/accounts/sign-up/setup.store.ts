import type { Database } from "../../storage/database.ts";
import { hasAccount } from "./first-account.store.ts";

const LIFETIME_MS = 24 * 3_600_000;
/** Servers that start together read their clocks at different moments, or have slightly different ones. */
const CLOCK_TOLERANCE_MS = 60_000;

/** SHA-256 of a set-up token, in hex: the token itself never reaches storage. */
interface ByToken {
	tokenHash: string;
}

export interface NewSetupToken extends ByToken {
	/**
	 * When the server that prints the token started, and its time now, both by the system clock. Null: stored in any case.
	 */
	started: { at: number; now: number } | null;
}

/**
 * Stores a token that can create the first account, unless there is an account, or a server that started together with
 * this one has stored its own.
 */
export async function createSetupToken(
	db: Database,
	{ tokenHash, started }: NewSetupToken,
): Promise<"created" | "has_account" | "other_server"> {
	if (await hasAccount(db)) return "has_account";
	await db.deleteFrom("setup_token").where("expires_at", "<=", db.now).execute();
	if (started !== null) {
		const since = await db
			.selectFrom("setup_token")
			.select("created_at")
			.where("created_at", ">=", started.at)
			// A clock that was set back does not make earlier tokens look like those of such a server.
			.where("created_at", "<=", started.now + CLOCK_TOLERANCE_MS)
			.executeTakeFirst();
		if (since !== undefined) return "other_server";
	}
	const token_hash = Buffer.from(tokenHash, "hex");
	await db.deleteFrom("setup_token").where("token_hash", "=", token_hash).execute();
	await db
		.insertInto("setup_token")
		.values({ token_hash, created_at: started?.now ?? 0, expires_at: db.now + LIFETIME_MS })
		.execute();
	return "created";
}

/** True if the token can create the first account now. A trigger deletes all tokens with the first account. */
export async function canSetUp(db: Database, { tokenHash }: ByToken): Promise<boolean> {
	const found = await db
		.selectFrom("setup_token")
		.select("expires_at")
		.where("token_hash", "=", Buffer.from(tokenHash, "hex"))
		.where("expires_at", ">", db.now)
		.executeTakeFirst();
	return found !== undefined;
}
