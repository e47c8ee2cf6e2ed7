import { sql } from "kysely";

import type { Database } from "../../storage/database.ts";

/** The least recently used are deleted. */
const MAX_PER_ACCOUNT = 20;
const KEPT_MS = 180 * 24 * 3_600_000;
const MAX_PER_STEP = 500;

/** `network` is as `homeNetworkOf` returns it. */
interface FromNetwork {
	network: string;
}

export interface NetworkKnowledge {
	/** Someone signed in to some account from there. */
	isKnown: boolean;
	/** When the account with the e-mail address was signed in to from there, in milliseconds. */
	ownSince: number | null;
	/** That account. */
	accountId: string | null;
	passwordHash: string | null;
}

/** What earlier sign-ins say about a network. `email` is in lower case. */
export async function knowledgeOf(
	db: Database,
	{ network, email }: FromNetwork & { email: string },
): Promise<NetworkKnowledge> {
	const found = await db
		.selectNoFrom((eb) => [
			eb.selectFrom("user").select("id").where("email", "=", email).as("accountId"),
			eb
				.selectFrom("account as a")
				.innerJoin("user as u", "u.id", "a.userId")
				.select("a.password")
				.where("u.email", "=", email)
				.where("a.providerId", "=", "credential")
				.as("passwordHash"),
			eb
				.selectFrom("known_network as k")
				.innerJoin("user as u", "u.id", "k.account_id")
				.select("k.seen_at")
				.where("k.network", "=", network)
				.where("u.email", "=", email)
				.as("ownSince"),
			eb.selectFrom("known_network").select("network").where("network", "=", network).limit(1).as("network"),
		])
		.executeTakeFirstOrThrow();
	const { ownSince, accountId, passwordHash } = found;
	return { isKnown: found.network !== null, ownSince, accountId, passwordHash };
}

/** True if someone signed in from the network. */
export async function isKnownNetwork(db: Database, { network }: FromNetwork): Promise<boolean> {
	const found = await db
		.selectFrom("known_network")
		.select("network")
		.where("network", "=", network)
		.limit(1)
		.executeTakeFirst();
	return found !== undefined;
}

/** Remembers that the account was signed in to from the network. */
export async function rememberNetwork(
	db: Database,
	{ accountId, network }: FromNetwork & { accountId: string },
): Promise<void> {
	const account = await db.selectFrom("user").select("id").where("id", "=", accountId).executeTakeFirst();
	if (account === undefined) return;
	await db
		.insertInto("known_network")
		.values({ account_id: accountId, network, seen_at: db.now })
		.onConflict((conflict) => conflict.columns(["account_id", "network"]).doUpdateSet({ seen_at: db.now }))
		.execute();
	const kept = db
		.selectFrom("known_network")
		.select("network")
		.where("account_id", "=", accountId)
		.orderBy(sql`network = ${network}`, "desc")
		.orderBy("seen_at", "desc")
		.limit(MAX_PER_ACCOUNT);
	await db.deleteFrom("known_network").where("account_id", "=", accountId).where("network", "not in", kept).execute();
}

/** Forgets a batch of networks that nobody signed in from for half a year. False if there were none. */
export async function sweepKnownNetworks(db: Database): Promise<boolean> {
	const old = db
		.selectFrom("known_network")
		.select(["account_id", "network"])
		.where("seen_at", "<=", db.now - KEPT_MS)
		.orderBy("seen_at")
		.limit(MAX_PER_STEP);
	const { numDeletedRows } = await db
		.deleteFrom("known_network")
		.where((eb) => eb(eb.refTuple("account_id", "network"), "in", old.$asTuple("account_id", "network")))
		.executeTakeFirstOrThrow();
	return numDeletedRows > 0n;
}
