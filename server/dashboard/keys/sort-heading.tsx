import ArrowDown from "lucide-solid/icons/arrow-down";
import ArrowUp from "lucide-solid/icons/arrow-up";
import { Show } from "solid-js";

import type { KeySort, SortOrder } from "../../../shared/wire.ts";
import { announce } from "../ui/announce.tsx";
import { type KeyView, usualOrder } from "./key-view.ts";
import { sortWords } from "./sorts.ts";

/** A column's heading that sorts by it, and the other way at the second click. */
export function SortHeading(props: {
	sort: KeySort;
	text: string;
	/** What it sorts by, where the text does not say that. */
	by?: string;
	view: KeyView;
	onView: (change: Partial<KeyView>) => void;
	number?: boolean;
}) {
	const current = () => props.view.sort === props.sort;
	const next = (): SortOrder => {
		if (!current()) return usualOrder(props.sort);
		return props.view.order === "asc" ? "desc" : "asc";
	};
	const ariaSort = () => {
		if (!current()) return undefined;
		return props.view.order === "asc" ? "ascending" : "descending";
	};
	return (
		<th scope="col" classList={{ num: props.number === true }} aria-sort={ariaSort()}>
			<button
				type="button"
				class="sort"
				title={`Sort: ${sortWords(props.sort, next())}`}
				onClick={() => {
					const order = next();
					announce(`Sorted: ${sortWords(props.sort, order)}.`);
					props.onView({ sort: props.sort, order });
				}}
			>
				<span>
					{props.text}
					{props.by && `, ${props.by}`}
				</span>
				<span class="sort-arrow" aria-hidden="true">
					<Show when={current()}>{props.view.order === "asc" ? <ArrowUp /> : <ArrowDown />}</Show>
				</span>
			</button>
		</th>
	);
}
