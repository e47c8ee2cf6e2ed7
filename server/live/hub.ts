import { performance } from "node:perf_hooks";

import type { Storage } from "../storage/storage.ts";
import { createAudiences } from "./audiences.ts";
import type { Changes } from "./changes.store.ts";
import type { Listener } from "./listener.ts";
import { lookAround, type StreamStart } from "./look.store.ts";
import { createUses } from "./uses.ts";
import type { EndReason, Viewer } from "./viewers.store.ts";

const LOOK_EVERY_MS = 150;

export interface HubOptions {
	storage: Pick<Storage, "scan" | "onCommit">;
	onError: (error: unknown) => void;
}

/**
 * Tells listeners what changes, whichever process changes it. While there are listeners it looks several times a second
 * for what is to be sent, in one scan at a time; without any it does nothing.
 */
export function createHub({ storage, onError }: HubOptions) {
	const audiences = createAudiences();
	const uses = createUses();
	let newestChange = 0;
	let changesReadAt = -Infinity;
	/** Since changes were last looked for. */
	let hasCommitted = false;
	let isLooking = false;
	let timer: NodeJS.Timeout | undefined;
	let stopHearing: (() => void) | undefined;
	let closed = false;

	function heardOfCommit(): void {
		hasCommitted = true;
		schedule();
	}

	function schedule(): void {
		clearTimeout(timer);
		if (isLooking || audiences.isEmpty()) return;
		const wait = hasCommitted ? changesReadAt + LOOK_EVERY_MS - performance.now() : LOOK_EVERY_MS;
		timer = setTimeout(() => void look(), Math.max(0, wait)).unref();
	}

	async function look(): Promise<void> {
		const isNews = hasCommitted;
		hasCommitted = false;
		isLooking = true;
		try {
			await lookFor(isNews);
		} catch (error) {
			// Whatever stood in the way, the next look sees all of it.
			hasCommitted ||= isNews;
			if (!closed) onError(error);
		}
		isLooking = false;
		schedule();
	}

	async function lookFor(isNews: boolean): Promise<void> {
		const at = performance.now();
		if (isNews) {
			changesReadAt = at;
			uses.haveChanged();
		}
		const asked = uses.next(at, audiences.all());
		const told = new Set(asked.figures.values());
		const viewers = [...audiences.all()].flatMap((audience) =>
			[...audience.listeners].filter((listener) => isNews || told.has(audience) || listener.isDue(at)),
		);
		if (viewers.length === 0 && asked.audiences.length === 0) return;
		const sight = await storage.scan(lookAround, {
			changesAfter: isNews ? newestChange : undefined,
			followed: asked.audiences.map(({ followed }) => followed),
			keyIds: [...asked.figures.keys()],
			viewers: viewers.map(({ viewer }) => viewer),
		});
		if (sight.changes !== undefined) tell(sight.changes);
		uses.answered(asked, sight.latest, sight.uses);
		for (const { place, reason } of sight.ended) end(viewers[place], reason);
		const now = performance.now();
		// To none but those whose rights were asked for in this very look.
		for (const listener of viewers) if (audiences.has(listener) && listener.isDue(now)) listener.send(now);
	}

	function tell({ until, byWorkspace, elsewhere }: Changes): void {
		const topics = new Map(byWorkspace);
		newestChange = Math.max(newestChange, until);
		for (const listener of audiences.listeners()) {
			listener.changed(topics.get(listener.viewer.workspaceId) ?? elsewhere);
		}
	}

	function add(listener: Listener, start: StreamStart): void {
		if (closed) {
			listener.end();
			return;
		}
		const isFirst = audiences.isEmpty();
		audiences.add(listener, start.latest);
		if (!isFirst) return;
		newestChange = Math.max(newestChange, start.newestChange);
		stopHearing = storage.onCommit(heardOfCommit);
		schedule();
	}

	function remove(listener: Listener): void {
		audiences.remove(listener);
		if (!audiences.isEmpty()) return;
		clearTimeout(timer);
		stopHearing?.();
		stopHearing = undefined;
		hasCommitted = false;
		uses.forget();
	}

	function end(listener: Listener | undefined, reason: EndReason): void {
		if (listener === undefined || !audiences.has(listener)) return;
		remove(listener);
		listener.end(reason);
	}

	const count = (matches: (viewer: Viewer) => boolean): number =>
		[...audiences.listeners()].filter(({ viewer }) => matches(viewer)).length;

	return {
		/** `start` was read before the stream was opened, so that nothing that comes after falls between. */
		add,
		remove,
		count: () => count(() => true),
		countOf: (accountId: string) => count((viewer) => viewer.accountId === accountId),
		countFrom: (address: string) => count((viewer) => viewer.address === address),
		/** Ends every stream, and those that are yet to come. */
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
