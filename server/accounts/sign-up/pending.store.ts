import type { Database } from "../../storage/database.ts";

const LIFETIME_MS = 24 * 3_600_000;
/** The oldest of the network with the most are deleted: nobody can make another network's link useless by signing up. */
const MAX_PER_EMAIL = 10;
const MAX_PER_STEP = 500;

/** A sign-up whose address is yet to be verified. */
export interface PendingSignUp {
	name: string;
	/** As `cleanEmail` returns it. */
	email: string;
	passwordHash: string;
}

/** SHA-256 of the mailed link's token, in hex: the token itself never reaches storage. */
interface ByToken {
	tokenHash: string;
}

/**
 * Keeps a sign-up until the mailed link is opened. Writes for an address that has an account too, so that the absence of a
 * write does not reveal it.
 * @returns false if the address has an account
 */
export async function keepSignUp(
	db: Database,
	{ tokenHash, name, email, passwordHash, network }: PendingSignUp & ByToken & { network: string },
): Promise<boolean> {
	await db.deleteFrom("pending_sign_up").where("expires_at", "<=", db.now).where("email", "=", email).execute();
	const user = await db.selectFrom("user").select("id").where("email", "=", email).executeTakeFirst();
	const token_hash = Buffer.from(tokenHash, "hex");
	const times = { created_at: db.now, expires_at: user === undefined ? db.now + LIFETIME_MS : db.now };
	await db
		.insertInto("pending_sign_up")
		.values({ token_hash, email, name, password_hash: passwordHash, network, ...times })
		.execute();
	const kept = db
		.selectFrom("pending_sign_up as p")
		.select("token_hash")
		.where("email", "=", email)
		.orderBy((eb) => eb("token_hash", "=", token_hash), "desc")
		.orderBy((eb) =>
			eb
				.selectFrom("pending_sign_up as other")
				.select(({ fn }) => fn.countAll().as("count"))
				.whereRef("other.email", "=", "p.email")
				.whereRef("other.network", "=", "p.network"),
		)
		.orderBy("created_at", "desc")
		.limit(MAX_PER_EMAIL);
	await db.deleteFrom("pending_sign_up").where("email", "=", email).where("token_hash", "not in", kept).execute();
	return user === undefined;
}

/** The sign-up that the token can complete now. */
export async function pendingSignUp(db: Database, { tokenHash }: ByToken): Promise<PendingSignUp | undefined> {
	return db
		.selectFrom("pending_sign_up")
		.select(["name", "email", "password_hash as passwordHash"])
		.where("token_hash", "=", Buffer.from(tokenHash, "hex"))
		.where("expires_at", ">", db.now)
		.executeTakeFirst();
}

/** Uses the token up, and all others of its address. False if it was used or has expired. */
export async function takePendingSignUp(db: Database, { tokenHash }: ByToken): Promise<boolean> {
	const pending = await pendingSignUp(db, { tokenHash });
	if (pending === undefined) return false;
	await db.deleteFrom("pending_sign_up").where("email", "=", pending.email).execute();
	return true;
}

/** Deletes a batch of sign-ups that were not verified in time. False if there were none. */
export async function sweepPendingSignUps(db: Database): Promise<boolean> {
	const late = db
		.selectFrom("pending_sign_up")
		.select("token_hash")
		.where("expires_at", "<=", db.now)
		.orderBy("expires_at")
		.limit(MAX_PER_STEP);
	const { numDeletedRows } = await db
		.deleteFrom("pending_sign_up")
		.where("token_hash", "in", late)
		.executeTakeFirstOrThrow();
	return numDeletedRows > 0n;
}
