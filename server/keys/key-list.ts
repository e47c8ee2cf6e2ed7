import { setImmediate as nextTurn } from "node:timers/promises";

import type { KeyList, KeySort, KeyState, SortOrder } from "../../shared/wire.ts";
import type { Storage } from "../storage/storage.ts";
import { findKeys } from "./find-keys.ts";
import { comparePositions, type KeyOrder, type Position, readCursor, SORTS, writeCursor } from "./key-order.ts";
import { walk } from "./key-walk.ts";
import { nobodyWaits } from "./search-line.ts";
import { searchFor } from "./search-text.ts";

export interface KeyQuery {
	limit?: number;
	cursor?: string;
	/** Part of a label, hint or place name, in any case. */
	q?: string;
	state?: KeyState;
	sort?: KeySort;
	/** The sort's usual one where absent. */
	order?: SortOrder;
	include?: "counts";
}

const PAGE_SIZE = 50;

/**
 * A workspace's keys, newest first where nothing else is said. A search lets others have their turn meanwhile, and ends
 * where `gone` aborts.
 */
export async function listKeys(
	storage: Storage,
	workspaceId: string,
	query: KeyQuery,
	gone: AbortSignal,
): Promise<KeyList> {
	const page = findPage(storage, workspaceId, query);
	for (;;) {
		if (gone.aborted) throw nobodyWaits();
		const step = page.next();
		if (step.done) return step.value;
		await nextTurn();
	}
}

/** What the API Keys page shows first, at once: the newest active keys, and how many there are of either state. */
export function firstKeys(storage: Storage, workspaceId: string): KeyList {
	const page = findPage(storage, workspaceId, { state: "active", include: "counts" });
	for (;;) {
		const step = page.next();
		if (step.done) return step.value;
	}
}

function* findPage(storage: Storage, workspaceId: string, query: KeyQuery): Generator<undefined, KeyList> {
	const size = query.limit ?? PAGE_SIZE;
	const sort = query.sort ?? "created";
	const order: KeyOrder = { sort, order: query.order ?? SORTS[sort].usual };
	const after = query.cursor === undefined ? undefined : readCursor(order, query.cursor);
	const matches = query.q ? searchFor(query.q) : undefined;

	const found: Position[] = [];
	for (const state of query.state ? [query.state] : (["active", "revoked"] as const)) {
		found.push(...(yield* walk(storage.db, { ...order, workspaceId, state, after, matches, most: size + 1 })));
	}
	found.sort((one, other) => comparePositions(order, one, other));
	const shown = found.slice(0, size);
	const last = shown.at(-1);
	return {
		keys: findKeys(
			storage,
			shown.map(({ id }) => id),
		),
		nextCursor: found.length > size && last ? writeCursor(order, last) : null,
		...(query.include === "counts" && { counts: countKeys(storage, workspaceId) }),
	};
}

function countKeys({ db }: Storage, workspaceId: string): { active: number; revoked: number } {
	const counts = db.prepare<[string], { active: number; revoked: number }>(
		"SELECT active, revoked FROM key_count WHERE workspace_id = ?",
	);
	return counts.get(workspaceId) ?? { active: 0, revoked: 0 };
}
