import { randomUUID } from "node:crypto";

import { pick } from "../../../guards/random.ts";
import { createModel, type Model, type ModelServer, type ModelUse } from "./model.ts";
import type { ModelOfBackends } from "./model-backends.ts";
import type { HistoryBackend, HistoryKey } from "./product.ts";

/** A running game server, or something else that has the key. */
interface Running {
	key: HistoryKey;
	/** Null: it sends no headers. */
	server: ModelServer | null;
	/** On the monotonic clock. */
	sendsAt: number;
}

export interface Published {
	version: number;
	key: HistoryKey;
}

/** A request with the old key that a backend accepted, also if that crashed then. */
export interface OldUse {
	use: ModelUse;
	/** On the monotonic clock. */
	elapsed: number;
}

/** What may happen in a history beside the usual. */
export interface Habits {
	oldRuntime: boolean;
	customClient: boolean;
	secondRotation: boolean;
	deletes: boolean;
	cancels: boolean;
	rollsBack: boolean;
	changesSecret: boolean;
	leavesPlace: boolean;
	manyPlaces: boolean;
}

/** One game whose key is replaced, with its servers, and the model of what becomes of the key. */
export interface History {
	name: string;
	random: () => number;
	habits: Habits;
	old: HistoryKey;
	/** The keys that replace it, the first one first. */
	line: HistoryKey[];
	deleted: Set<string>;
	model: Model;
	places: Map<number, Published[]>;
	running: Running[];
	closed: Running[];
	oldUses: OldUse[];
	/** What happened, for people. */
	log: string[];
	/** Nothing more is played. */
	isOver: boolean;
	isRevoked: boolean;
	/** More places than are kept. */
	visitedMany: boolean;
	hasAsked: boolean;
	wasCancelled: boolean;
}

/** How requests reach backends. Undefined: it got lost. */
export type Route = () => { id: string; backend: HistoryBackend } | undefined;

export async function beginHistory(
	{ name, random }: { name: string; random: () => number },
	{ backend, backends }: { backend: HistoryBackend; backends: ModelOfBackends },
): Promise<History> {
	const often = (share: number): boolean => random() < share;
	const old = await backend.createKey(null);
	const next = await backend.createKey(old);
	const habits: Habits = {
		oldRuntime: often(0.1),
		customClient: often(0.1),
		secondRotation: often(0.25),
		deletes: often(0.12),
		cancels: often(0.25),
		rollsBack: often(0.2),
		changesSecret: often(0.15),
		leavesPlace: often(0.15),
		manyPlaces: often(0.03),
	};
	const model = createModel(old.id, backends);
	model.replaced(old.id, next.id);
	const places = new Map<number, Published[]>();
	const count = 1 + Math.floor(random() * 3);
	for (let place = 1; place <= count; place += 1)
		places.set(place, [{ version: 1 + Math.floor(random() * 50), key: old }]);
	return {
		...{ name, random, habits, old, line: [next], deleted: new Set<string>(), model, places },
		...{
			running: [],
			closed: [],
			oldUses: [],
			log: [],
			isOver: false,
			isRevoked: false,
			visitedMany: false,
			hasAsked: false,
			wasCancelled: false,
		},
	};
}

export function nameOf(history: History, key: HistoryKey): string {
	return key.id === history.old.id ? "old" : `new ${history.line.findIndex(({ id }) => id === key.id) + 1}`;
}

/** A game server of the published version starts. */
export function open(history: History, place: number, now: number): Running {
	const { random, habits } = history;
	const published = history.places.get(place)?.at(-1);
	if (published === undefined) throw new Error("There is no such place.");
	const isOld = published.key.id === history.old.id;
	const heartbeat =
		isOld && habits.oldRuntime && random() < 0.3 ? pick(random, [null, 0, 151]) : pick(random, [60, 60, 1, 150]);
	const server = { jobId: randomUUID(), place, version: published.version, heartbeat };
	const running = { key: published.key, server, sendsAt: now };
	history.running.push(running);
	return running;
}

export function headersOf({ jobId, place, version, heartbeat }: ModelServer): Record<string, string> {
	return {
		"x-auxvyn-server": jobId,
		"x-auxvyn-place": String(place),
		"x-auxvyn-place-version": String(version),
		...(heartbeat !== null && { "x-auxvyn-heartbeat": String(heartbeat) }),
	};
}

/** Sends one request, to the backend that it reaches. */
export async function send(
	history: History,
	{ key, server }: Pick<Running, "key" | "server">,
	{
		route,
		backends,
		elapsed,
		isGoodbye = false,
	}: {
		route: Route;
		backends: ModelOfBackends;
		elapsed: number;
		isGoodbye?: boolean;
	},
): Promise<void> {
	if (history.deleted.has(key.id)) return;
	const reached = route();
	const what = `${isGoodbye ? "goodbye" : "use"} of ${nameOf(history, key)} by ${server === null ? "a client" : `${server.jobId.slice(0, 4)} ${server.place}@${server.version}`}`;
	if (reached === undefined) {
		history.log.push(`lost ${what}`);
		return;
	}
	const { id, backend } = reached;
	const headers = server === null ? {} : headersOf(server);
	const isAccepted = await backend.request(key, { ...headers, ...(isGoodbye && { "x-auxvyn-closing": "1" }) });
	if (!isAccepted) throw new Error(`The backend refused a ${what}.`);
	const at = backend.now();
	history.log.push(`${id}: ${what} at ${at}`);
	const use = history.model.used(id, { key: key.id, at, server, isGoodbye });
	if (isGoodbye) return;
	backends.active(id, at);
	if (key.id === history.old.id) history.oldUses.push({ use, elapsed });
}
