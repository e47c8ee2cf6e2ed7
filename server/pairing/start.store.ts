import type { PairingIntent } from "../../shared/wire.ts";
import { isKnownNetwork } from "../accounts/sessions/known-networks.store.ts";
import { ProblemError } from "../errors/problem-error.ts";
import { homeNetworkOf, widerNetworksOf } from "../http/networks.ts";
import { newId } from "../ids.ts";
import { takeQuota } from "../quotas/quotas.store.ts";
import type { Database } from "../storage/database.ts";
import { makeRoom } from "./make-room.store.ts";
import type { Requester } from "./requester.ts";
import { newUserCode } from "./user-code.ts";

const MAX_LIVE_PAIRINGS = 20_000;
/** Those that someone has opened cannot be dropped, so that more of them must not keep out new ones. */
const MAX_OPENED_COUNTED = MAX_LIVE_PAIRINGS / 2;

/** What Studio reported. None of it is verified. */
export interface Reported {
	intent: PairingIntent;
	placeId: string | null;
	universeId: string | null;
	placeName: string | null;
	studioUserId: string | null;
	keyId: string | null;
	/** Of the plugin; null if the client did not say it. */
	pluginVersion: string | null;
}

export interface NewPairing {
	reported: Reported;
	requester: Requester;
	/** The active key that was sent along; null if there was none. */
	provenKeyId: string | null;
	/** Hex. */
	deviceCodeHash: string;
	ttlSeconds: number;
}

/**
 * Starts a pairing (RFC 8628 §3.1). Where too many are open, it takes the place of others from the network that has the
 * most.
 * @returns its user code
 * @throws ProblemError 503 `too_many_pairings`, 429
 */
export async function startPairing(
	db: Database,
	{ reported, requester, provenKeyId, deviceCodeHash, ttlSeconds }: NewPairing,
): Promise<string> {
	const { address } = requester;
	await takeQuota(db, { kind: "pairings", accountId: null, address });
	if ((await isFull(db)) && !(await makeRoom(db))) {
		throw new ProblemError(503, "too_many_pairings", "Too many pairings are open right now. Try again in a minute.", {
			headers: { "Retry-After": "60" },
		});
	}
	const isKnown = provenKeyId !== null || (await isKnownNetwork(db, { network: homeNetworkOf(address) }));
	const { wide, widest } = widerNetworksOf(address);
	const pairing = {
		id: newId("pair"),
		device_code_hash: Buffer.from(deviceCodeHash, "hex"),
		status: "pending",
		intent: reported.intent,
		place_id: reported.placeId,
		universe_id: reported.universeId,
		place_name: reported.placeName,
		studio_user_id: reported.studioUserId,
		reported_key_id: reported.keyId,
		plugin_version: reported.pluginVersion,
		proven_key_id: provenKeyId,
		started_from: address,
		wide_network: wide,
		widest_network: widest,
		from_known: isKnown ? 1 : 0,
		started_agent: requester.agent,
		forwarded: requester.isForwarded ? 1 : 0,
		created_at: db.now,
		expires_at: db.now + ttlSeconds * 1000,
	} as const;
	for (;;) {
		const userCode = newUserCode();
		const { numInsertedOrUpdatedRows } = await db
			.insertInto("pairing")
			.values({ ...pairing, user_code: userCode })
			.onConflict((conflict) => conflict.column("user_code").doNothing())
			.executeTakeFirstOrThrow();
		if (numInsertedOrUpdatedRows === 1n) return userCode;
	}
}

async function isFull(db: Database): Promise<boolean> {
	const { live, opened } = await db
		.selectFrom("pairing")
		.select(({ fn }) => [fn.countAll<number>().as("live"), fn.count<number>("claimed_by").as("opened")])
		.where("ended_at", "is", null)
		.where("expires_at", ">", db.now)
		.executeTakeFirstOrThrow();
	return live - opened + Math.min(opened, MAX_OPENED_COUNTED) >= MAX_LIVE_PAIRINGS;
}
