import { useSearchParams } from "@solidjs/router";
import { createMemo } from "solid-js";

import type { KeySort, KeyState, SortOrder } from "../../../shared/wire.ts";
import { searchQuery } from "./search-query.ts";

export type KeyFilter = KeyState | "all";

/** Which keys are shown, in which order. */
export interface KeyView {
	filter: KeyFilter;
	search: string;
	sort: KeySort;
	order: SortOrder;
}

const FILTERS: KeyFilter[] = ["active", "revoked", "all"];
const SORTS: KeySort[] = ["created", "label", "used", "requests"];
const ORDERS: SortOrder[] = ["asc", "desc"];

export function defaultOrder(sort: KeySort): SortOrder {
	return sort === "label" ? "asc" : "desc";
}

/** The view, kept in the URL, so that it survives going back and reloading. Defaults are left out. */
export function useKeyView() {
	const [params, setParams] = useSearchParams<{ q: string; state: string; sort: string; order: string }>();
	const view = createMemo(
		(): KeyView => {
			const sort = oneOf(SORTS, params.sort) ?? "created";
			return {
				filter: oneOf(FILTERS, params.state) ?? "active",
				search: searchQuery(params.q ?? ""),
				sort,
				order: oneOf(ORDERS, params.order) ?? defaultOrder(sort),
			};
		},
		undefined,
		{ equals: sameView },
	);
	const show = (change: Partial<KeyView>) => {
		const { filter, search, sort, order } = { ...view(), ...change };
		setParams(
			{
				q: search,
				state: filter === "active" ? "" : filter,
				sort: sort === "created" ? "" : sort,
				order: order === defaultOrder(sort) ? "" : order,
			},
			{ replace: true },
		);
	};
	return {
		view,
		show,
		/** Makes sure that a key generated now shows on top. */
		showNewest: () => {
			if (!hasNewestOnTop(view())) show({ filter: "active", search: "", sort: "created", order: "desc" });
		},
	};
}

/** Active keys, newest first. */
export function isDefaultView(view: KeyView): boolean {
	return view.filter === "active" && hasNewestOnTop(view);
}

function hasNewestOnTop({ filter, search, sort, order }: KeyView): boolean {
	return filter !== "revoked" && search === "" && sort === "created" && order === "desc";
}

function sameView(one: KeyView, other: KeyView): boolean {
	return (
		one.filter === other.filter && one.search === other.search && one.sort === other.sort && one.order === other.order
	);
}

function oneOf<T extends string>(allowed: T[], value: string | undefined): T | undefined {
	return allowed.find((each) => each === value);
}
