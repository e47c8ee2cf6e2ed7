import type { ReplacedKey } from "../../../shared/wire.ts";
import type { Clock } from "../../clock.ts";
import { StorageError } from "../../errors/storage-error.ts";
import { BoundedMap } from "../../http/bounded-map.ts";
import type { Storage } from "../../storage/storage.ts";
import { findReplacedKey } from "./replaced-key.store.ts";

const REFRESH_AFTER_MS = 5_000;
const MAX_CACHED = 1_000;
/** Per workspace. */
const MAX_WAITING = 10;

interface KeyInWorkspace {
	id: string;
	workspaceId: string;
}

interface Cached {
	found: Promise<ReplacedKey | null>;
	/** Monotonic milliseconds. */
	readAt: number;
}

/**
 * The key that each key replaces, for the plugin, which asks every ten seconds. Undefined if a workspace asks for too many:
 * each is a scan, for which dashboards and live pages wait, too.
 */
export function createReplacedKeys({ scan }: Pick<Storage, "scan">, clock: Clock) {
	const cache = new BoundedMap<Cached>(MAX_CACHED);

	async function find({ id: keyId, workspaceId }: KeyInWorkspace): Promise<ReplacedKey | null | undefined> {
		const known = cache.get(keyId);
		if (known !== undefined && clock.monotonic() - known.readAt < REFRESH_AFTER_MS) return known.found;
		const found = scan(findReplacedKey, { keyId }, { account: workspaceId, maxWaiting: MAX_WAITING });
		cache.set(keyId, { found, readAt: clock.monotonic() });
		found.catch(() => cache.delete(keyId));
		return found;
	}

	return async function findUnlessBusy(key: KeyInWorkspace): Promise<ReplacedKey | null | undefined> {
		try {
			return await find(key);
		} catch (error) {
			if (error instanceof StorageError && error.code === "too_many_waiting") return undefined;
			throw error;
		}
	};
}
