import { PLACES_MAX_KEPT } from "../../../shared/limits.ts";
import { readGameServer, type ServerHeaders } from "./game-server.ts";
import { addUse, emptyUse, type ServerUse, slotOf } from "./server-use.ts";

/** Per key, so that a stolen key cannot fill the memory with servers that it made up. */
const MAX_SERVERS_PER_KEY = 4_000;
/** Of all keys, about 50 MB. */
const MAX_SLOTS = 150_000;

interface Slot {
	use: ServerUse;
	/** The headers as they were sent last: comparing them is faster than reading them. */
	place: string | null;
	placeVersion: string | null;
	heartbeat: string | null;
}

/** Counts game servers and their places in memory, by key. */
export function createServerCounts() {
	let keys = new Map<string, Map<string, Slot>>();
	let size = 0;

	/** Records a request. False if its headers name no game server. */
	function record(keyId: string, now: number, said: ServerHeaders): boolean {
		const { server: jobId, place, placeVersion, heartbeat } = said;
		if (jobId === null) return false;
		const known = keys.get(keyId)?.get(jobId);
		if (
			known !== undefined &&
			known.place !== null &&
			known.place === place &&
			known.placeVersion === placeVersion &&
			known.heartbeat === heartbeat
		) {
			const { use } = known;
			use.requests += 1;
			use.lastSeenAt = now;
			if (use.withoutHeartbeatAt !== null) use.withoutHeartbeatAt = now;
			return true;
		}
		const server = readGameServer(said);
		if (server === undefined) return false;
		const use = {
			...emptyUse(keyId, server.jobId, server.placeId),
			placeVersion: server.placeVersion,
			firstSeenAt: now,
			lastSeenAt: now,
			requests: 1,
			withoutHeartbeatAt: server.hasHeartbeat ? null : now,
		};
		Object.assign(add(use), { place, placeVersion, heartbeat });
		return true;
	}

	/** Where a server names another place, or promises something else, what it was before stays known by its place. */
	function keepPlace(use: ServerUse): void {
		if (use.placeId === null) return;
		add(placeOf(use));
		use.withoutHeartbeatAt = null;
	}

	function goodbye(keyId: string, now: number, said: ServerHeaders): void {
		const server = readGameServer(said);
		if (server !== undefined) add({ ...emptyUse(keyId, server.jobId, null), goodbyeAt: now });
	}

	/** Also for what could not be written. */
	function add(use: ServerUse): Slot {
		let slots = keys.get(use.keyId);
		if (slots === undefined) keys.set(use.keyId, (slots = new Map<string, Slot>()));
		const name = slotOf(use);
		const known = slots.get(name);
		if (known !== undefined) {
			const added = { ...use };
			const isEarlier = (use.lastSeenAt ?? 0) < (known.use.lastSeenAt ?? 0);
			if (use.jobId !== null && use.placeId !== null) keepPlace(isEarlier ? added : known.use);
			addUse(known.use, added);
			return known;
		}
		const slot = { use, place: null, placeVersion: null, heartbeat: null };
		if (name !== "dropped" && isFull(slots, use)) {
			drop(use);
			return slot;
		}
		slots.set(name, slot);
		size += 1;
		return slot;
	}

	/** Other keys' servers never cost a key its few places: those decide whether it may be retired. */
	function isFull(slots: ReadonlyMap<string, Slot>, { jobId }: ServerUse): boolean {
		const room = MAX_SERVERS_PER_KEY + (jobId === null ? PLACES_MAX_KEPT + 1 : 0);
		return slots.size >= room || (size >= MAX_SLOTS && (jobId !== null || slots.size >= PLACES_MAX_KEPT));
	}

	/** Keeps of a server its place, and of a place that there was one. */
	function drop(use: ServerUse): void {
		const dropped = emptyUse(use.keyId, null, null);
		if (use.jobId === null) dropped.placesDroppedAt = use.lastSeenAt;
		else dropped.serversDroppedAt = use.lastSeenAt ?? use.goodbyeAt;
		add(dropped);
		if (use.jobId !== null && use.placeId !== null) add(placeOf(use));
	}

	return {
		record,
		goodbye,
		add: (use: ServerUse): void => void add(use),
		/** Returns all uses and forgets them. */
		take(): ServerUse[] {
			const taken = [...keys.values()].flatMap((slots) => [...slots.values()].map(({ use }) => use));
			keys = new Map();
			size = 0;
			return taken;
		},
	};
}

function placeOf(use: ServerUse): ServerUse {
	return { ...use, jobId: null, requests: 0, goodbyeAt: null };
}
