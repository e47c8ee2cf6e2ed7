import type { KeySort, KeyState, SortOrder } from "../../../shared/wire.ts";
import { type KeyOrder, type Position, readCursor, USUAL_ORDER } from "./key-order.ts";

/** As the address has it. */
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
	/** How many, at most. */
	limit: number;
	/** Both where absent. */
	state: KeyState | undefined;
	/** Part of a label, hint or place name, in any case. */
	search: string | undefined;
	counts: boolean;
}

const PAGE_SIZE = 50;

/** Newest first where nothing else is said. @throws ProblemError 400 for a cursor that is none of this order */
export function readKeyQuery(workspaceId: string, query: KeyQuery): KeyListQuery {
	const sort = query.sort ?? "created";
	const order = { sort, order: query.order ?? USUAL_ORDER[sort] };
	return {
		workspaceId,
		order,
		after: query.cursor === undefined ? undefined : readCursor(order, query.cursor),
		limit: query.limit ?? PAGE_SIZE,
		state: query.state,
		search: query.q,
		counts: query.include === "counts",
	};
}
