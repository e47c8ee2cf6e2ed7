import { performance } from "node:perf_hooks";

import { networksOf } from "../http/networks.ts";
import type { Storage } from "../storage/storage.ts";
import { createAudiences } from "./audiences.ts";
import type { Changes } from "./changes.store.ts";
import type { Listener } from "./listener.ts";
import { pollLive, type StreamStart } from "./poll.store.ts";
import { createUses } from "./uses.ts";
import type { EndReason, Viewer } from "./viewers.store.ts";

const POLL_INTERVAL_MS = 150;

export interface HubOptions {
	storage: Pick<Storage, "scan" | "onCommit">;
	/** Called for the first of polls that fail one after another. */
	onError: (error: unknown) => void;
}

/**
 * Notifies listeners of changes made by any process. Polls several times a second while there are listeners, one scan at
 * a time.
 */
export function createHub({ storage, onError }: HubOptions) {
	const audiences = createAudiences();
	const uses = createUses();
	let newestChange = 0;
	let changesReadAt = -Infinity;
	/** Since the last poll for changes. */
	let hasCommitted = false;
	let isPolling = false;
	let hasFailed = false;
	let timer: NodeJS.Timeout | undefined;
	let unsubscribe: (() => void) | undefined;
	let closed = false;

	function onCommit(): void {
		hasCommitted = true;
		schedule();
	}

	function schedule(): void {
		clearTimeout(timer);
		if (isPolling || audiences.isEmpty()) return;
		const wait = hasCommitted ? changesReadAt + POLL_INTERVAL_MS - performance.now() : POLL_INTERVAL_MS;
		timer = setTimeout(() => void poll(), Math.max(0, wait)).unref();
	}

	async function poll(): Promise<void> {
		const withChanges = hasCommitted;
		hasCommitted = false;
		isPolling = true;
		try {
			await pollOnce(withChanges);
			hasFailed = false;
		} catch (error) {
			// The next poll catches up.
			hasCommitted ||= withChanges;
			if (!closed && !hasFailed) onError(error);
			hasFailed = true;
		}
		isPolling = false;
		schedule();
	}

	async function pollOnce(withChanges: boolean): Promise<void> {
		const at = performance.now();
		if (withChanges) {
			changesReadAt = at;
			uses.markStale();
		}
		const request = uses.next(at, audiences.all());
		const updated = new Set(request.figures.values());
		const viewers = [...audiences.all()].flatMap((audience) =>
			[...audience.listeners].filter((listener) => withChanges || updated.has(audience) || listener.isDue(at)),
		);
		if (viewers.length === 0 && request.audiences.length === 0) return;
		const result = await storage.scan(pollLive, {
			changesAfter: withChanges ? newestChange : undefined,
			followed: request.audiences.map(({ followed }) => followed),
			keyIds: [...request.figures.keys()],
			viewers: viewers.map(({ viewer }) => viewer),
		});
		if (result.changes !== undefined) notify(result.changes);
		uses.apply(request, result.latest, result.uses);
		for (const { position, reason } of result.ended) end(viewers[position], reason);
		const now = performance.now();
		// Only to listeners whose access this poll has checked.
		for (const listener of viewers) if (audiences.has(listener) && listener.isDue(now)) listener.send(now);
	}

	function notify({ until, byWorkspace, elsewhere }: Changes): void {
		const topics = new Map(byWorkspace);
		newestChange = Math.max(newestChange, until);
		for (const listener of audiences.listeners()) {
			listener.changed(topics.get(listener.viewer.workspaceId) ?? elsewhere);
		}
	}

	const networks = new WeakMap<Viewer, Set<string>>();

	function add(listener: Listener, start: StreamStart): void {
		networks.set(listener.viewer, new Set(networksOf(listener.viewer.address).map(({ name }) => name)));
		if (closed) {
			listener.end();
			return;
		}
		const isFirst = audiences.isEmpty();
		audiences.add(listener, start.latest);
		if (!isFirst) return;
		newestChange = Math.max(newestChange, start.newestChange);
		unsubscribe = storage.onCommit(onCommit);
		schedule();
	}

	function remove(listener: Listener): void {
		audiences.remove(listener);
		if (!audiences.isEmpty()) return;
		clearTimeout(timer);
		unsubscribe?.();
		unsubscribe = undefined;
		hasCommitted = false;
		uses.reset();
	}

	function end(listener: Listener | undefined, reason: EndReason): void {
		if (listener === undefined || !audiences.has(listener)) return;
		remove(listener);
		listener.end(reason);
	}

	const count = (matches: (viewer: Viewer) => boolean): number =>
		[...audiences.listeners()].filter(({ viewer }) => matches(viewer)).length;

	return {
		/** `start` must be read before the stream is opened, so that no change is missed. */
		add,
		remove,
		count: () => count(() => true),
		countOf: (accountId: string) => count((viewer) => viewer.accountId === accountId),
		/** `network`: a name of `networksOf`. */
		countFrom: (network: string) => count((viewer) => networks.get(viewer)?.has(network) === true),
		/** Ends all streams, including those added later. */
		close(): void {
			closed = true;
			for (const listener of [...audiences.listeners()]) {
				remove(listener);
				listener.end();
			}
		},
	};
}

export type Hub = ReturnType<typeof createHub>;
