import { digestOf } from "../keys/authenticate/digest.ts";
import { hintOf } from "../keys/manage/generate-key.ts";
import type { Storage } from "../storage/storage.ts";
import { type DeliveredKey, issueKey, type NotIssued, pollPairing } from "./delivery.store.ts";
import { deriveKey, deviceCodeHash } from "./device-code.ts";
import { recordPoller } from "./poller.store.ts";
import type { Requester } from "./requester.ts";

export type Delivery = NotIssued | { outcome: "issued"; key: IssuedKey };
export type IssuedKey = DeliveredKey & { secret: string };

/**
 * Handles a poll. Every poll after the approval returns the same key, until its first use seals the pairing. Stores only
 * get digests: neither the device code nor the key leaves this thread.
 */
export async function deliver(storage: Storage, deviceCode: string, poller: Requester): Promise<Delivery> {
	const poll = await storage.read(pollPairing, { deviceCodeHash: deviceCodeHash(deviceCode), poller });
	if (poll.outcome === "authorization_pending" && poll.isNewPoller) {
		await storage.write(recordPoller, { pairingId: poll.pairingId, poller }, { priority: "low" });
	}
	if (!("salt" in poll)) return poll;
	const secret = deriveKey(poll.salt, deviceCode);
	const answer =
		poll.outcome === "issued"
			? poll
			: await storage.write(issueKey, {
					pairingId: poll.pairingId,
					digest: digestOf(secret),
					hint: hintOf(secret),
					address: poller.address,
				});
	return answer.outcome === "issued" ? { outcome: "issued", key: { ...answer.key, secret } } : answer;
}
