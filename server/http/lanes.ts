/** Where an entry waits: a client's address, and a lane of its own within it. */
export interface Lane {
	address: string;
	lane: string;
}

/**
 * What waits, in lanes. Addresses take turns, and so do the lanes of an address: an entry waits for one entry of each
 * other lane, however many there are in it.
 */
export function createLanes<Entry>() {
	/** By address and lane, those with the next turn first. */
	const addresses = new Map<string, Map<string, Set<Entry>>>();
	let size = 0;

	function* inOrder(): Generator<[Lane, Entry]> {
		for (const [address, lanes] of addresses) {
			for (const [lane, entries] of lanes) for (const entry of entries) yield [{ address, lane }, entry];
		}
	}

	function remove({ address, lane }: Lane, entry: Entry): boolean {
		const lanes = addresses.get(address);
		const entries = lanes?.get(lane);
		if (lanes === undefined || entries?.delete(entry) !== true) return false;
		size -= 1;
		if (entries.size === 0) lanes.delete(lane);
		if (lanes.size === 0) addresses.delete(address);
		return true;
	}

	return {
		get size() {
			return size;
		},
		push({ address, lane }: Lane, entry: Entry): void {
			const lanes = addresses.get(address) ?? new Map<string, Set<Entry>>();
			const entries = lanes.get(lane) ?? new Set<Entry>();
			addresses.set(address, lanes.set(lane, entries.add(entry)));
			size += 1;
		},
		/** Removes the next entry, and puts its address and its lane behind all others. */
		shift(): Entry | undefined {
			const [next] = inOrder();
			if (next === undefined) return undefined;
			const [place, entry] = next;
			remove(place, entry);
			const lanes = addresses.get(place.address);
			const entries = lanes?.get(place.lane);
			if (lanes && entries) {
				lanes.delete(place.lane);
				lanes.set(place.lane, entries);
			}
			if (lanes) {
				addresses.delete(place.address);
				addresses.set(place.address, lanes);
			}
			return entry;
		},
		/** False if it does not wait there any more. */
		remove,
	};
}

export type Lanes<Entry> = ReturnType<typeof createLanes<Entry>>;
