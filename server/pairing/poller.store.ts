import type { Database } from "../storage/database.ts";
import { isNewPoller } from "./requested-from.ts";
import type { Requester } from "./requester.ts";

/** Keeps who polls a pairing that awaits its approval, as far as `isNewPoller` says. */
export async function recordPoller(
	db: Database,
	{ pairingId, poller }: { pairingId: string; poller: Requester },
): Promise<void> {
	const pairing = await db
		.selectFrom("pairing")
		.select(["started_from", "started_agent", "polled_from", "polled_agent", "forwarded"])
		.where("id", "=", pairingId)
		.where("status", "=", "pending")
		.executeTakeFirst();
	if (pairing === undefined || !isNewPoller(pairing, poller)) return;
	const { address, agent, isForwarded } = poller;
	await db
		.updateTable("pairing")
		.set({ polled_from: address, polled_agent: agent, forwarded: isForwarded ? 1 : pairing.forwarded })
		.where("id", "=", pairingId)
		.execute();
}
