import { performance } from "node:perf_hooks";

import type { SqliteDatabase } from "../storage/open-database.ts";
import { createChanges } from "./changes.ts";
import type { Listener } from "./listener.ts";
import { createRights } from "./rights.ts";
import { createUses, type UseFollower } from "./uses.ts";

const LOOK_EVERY_MS = 150;
/** Uses are written every two seconds; looking for them costs more than looking for changes. */
const USES_EVERY_MS = 500;
/** For all of it in one look, about: a workspace with 200 keys in use takes some milliseconds. The rest is for the next look. */
const USES_SLICE_MS = 5;

export interface HubOptions {
	/** Read-only and used by nobody else: a connection's own commits do not move its `data_version`. */
	connection: SqliteDatabase;
	/** Wall clock, milliseconds. */
	now: () => number;
	onError: (error: unknown) => void;
}

/**
 * Tells listeners what changes, whichever process on this database changes it. While there are listeners it looks
 * several times a second whether anybody has committed; without any it does nothing.
 */
export function createHub({ connection, now, onError }: HubOptions) {
	const look = connection.prepare<[], number>("PRAGMA data_version").pluck();
	const changes = createChanges(connection);
	const uses = createUses(connection);
	const reasonToEnd = createRights(connection);
	const listeners = new Set<Listener>();
	const followers = new Map<string, UseFollower>();
	let version: number | undefined;
	let usesAreStale = false;
	let usesReadAt = -Infinity;
	/** Workspaces whose uses are still to be read. */
	let unread: string[] = [];
	let timer: NodeJS.Timeout | undefined;
	let closed = false;

	function tick(): void {
		try {
			lookAround(performance.now());
		} catch (error) {
			// Busy for a moment at worst: the next look sees all of it.
			onError(error);
		}
	}

	function lookAround(at: number): void {
		const current = look.get();
		const wall = now();
		if (current !== version) {
			readChanges();
			version = current;
			usesAreStale = true;
			for (const listener of listeners) endIfOver(listener, wall);
		}
		if (usesAreStale && unread.length === 0 && at - usesReadAt >= USES_EVERY_MS) {
			usesAreStale = false;
			usesReadAt = at;
			unread = [...followers.keys()];
		}
		readUses(wall);
		for (const listener of listeners) if (listener.isDue(at) && !endIfOver(listener, wall)) listener.send(at);
	}

	function readChanges(): void {
		const byWorkspace = changes.read(followers.keys());
		for (const listener of listeners) {
			const topics = byWorkspace.get(listener.viewer.workspaceId);
			if (topics !== undefined) listener.changed(topics);
		}
	}

	function readUses(wall: number): void {
		const until = performance.now() + USES_SLICE_MS;
		while (unread.length > 0 && performance.now() < until) {
			const workspaceId = unread.pop();
			const news = followers.get(workspaceId ?? "")?.(wall) ?? [];
			if (news.length === 0) continue;
			for (const listener of listeners) if (listener.viewer.workspaceId === workspaceId) listener.used(news);
		}
	}

	function endIfOver(listener: Listener, wall: number): boolean {
		const reason = reasonToEnd(listener.viewer, wall);
		if (reason === undefined) return false;
		remove(listener);
		listener.end(reason);
		return true;
	}

	function add(listener: Listener): void {
		if (closed) {
			listener.end();
			return;
		}
		const { workspaceId } = listener.viewer;
		if (timer === undefined) {
			version = look.get();
			changes.skip();
			timer = setInterval(tick, LOOK_EVERY_MS).unref();
		}
		if (!followers.has(workspaceId)) followers.set(workspaceId, uses.follow(workspaceId));
		listeners.add(listener);
	}

	function remove(listener: Listener): void {
		listeners.delete(listener);
		const { workspaceId } = listener.viewer;
		if (![...listeners].some(({ viewer }) => viewer.workspaceId === workspaceId)) followers.delete(workspaceId);
		if (listeners.size > 0) return;
		clearInterval(timer);
		timer = undefined;
	}

	return {
		add,
		remove,
		count: () => listeners.size,
		countOf: (accountId: string) => [...listeners].filter(({ viewer }) => viewer.accountId === accountId).length,
		countFrom: (address: string) => [...listeners].filter(({ viewer }) => viewer.address === address).length,
		/** Ends every stream, and those that are yet to come. */
		close(): void {
			closed = true;
			for (const listener of listeners) {
				remove(listener);
				listener.end();
			}
		},
	};
}

export type Hub = ReturnType<typeof createHub>;
