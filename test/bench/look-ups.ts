import { randomInt } from "node:crypto";

import { keyLookUp } from "../../server/keys/authenticate/authenticate.store.ts";
import { digestOf } from "../../server/keys/authenticate/digest.ts";
import type { Storage } from "../../server/storage/storage.ts";
import { keyOf, unknownKey } from "./full-database.ts";
import { median } from "./load.ts";

const LOOK_UPS = 2_000;

export interface LookUps {
	/** How many the database has. */
	keys: number;
	/** They are in the database. */
	known: boolean;
	/** With a freshness check before each, as for a request whose key is not cached. */
	checked: boolean;
	atOnce: number;
}

/**
 * Looks up keys that are picked at random, as the server does if they are not cached.
 * @returns the median, in microseconds, which a busy machine affects least
 * @throws Error if a known one is not found, or an unknown one is
 */
export async function timeLookUps(storage: Storage, { keys, known, checked, atOnce }: LookUps): Promise<number> {
	const digests = Array.from({ length: LOOK_UPS }, () => digestOf(known ? keyOf(randomInt(keys)) : unknownKey()));
	const times: number[] = [];
	const left = digests.values();
	async function one(): Promise<void> {
		for (const digest of left) {
			const began = performance.now();
			if (checked) await storage.freshness.check();
			const found = await storage.lookUp(keyLookUp, digest);
			times.push((performance.now() - began) * 1000);
			if ((found !== undefined) !== known) throw new Error(`Looked up a key ${known ? "in vain" : "that is unknown"}.`);
		}
	}
	await Promise.all(Array.from({ length: atOnce }, one));
	return median(times);
}
