import type { KeySort, KeyState, SortOrder } from "../../../shared/wire.ts";
import { DEFAULT_ORDER, type KeyOrder, type Position, readKeyCursor } from "./key-order.ts";

/** The query string. */
export interface KeyQuery {
	limit?: number;
	cursor?: string;
	q?: string;
	state?: KeyState;
	sort?: KeySort;
	order?: SortOrder;
	include?: "counts";
}

export interface KeyListQuery {
	workspaceId: string;
	order: KeyOrder;
	after: Position | undefined;
	limit: number;
	/** Undefined: both. */
	state: KeyState | undefined;
	/** Part of a label, hint or place name, as typed. */
	search: string | undefined;
	counts: boolean;
}

const PAGE_SIZE = 50;

/** Applies the defaults. @throws ProblemError 400 if the cursor does not fit the order */
export function readKeyQuery(workspaceId: string, query: KeyQuery): KeyListQuery {
	const sort = query.sort ?? "created";
	const order = { sort, order: query.order ?? DEFAULT_ORDER[sort] };
	return {
		workspaceId,
		order,
		after: query.cursor === undefined ? undefined : readKeyCursor(order, query.cursor),
		limit: query.limit ?? PAGE_SIZE,
		state: query.state,
		search: query.q,
		counts: query.include === "counts",
	};
}
