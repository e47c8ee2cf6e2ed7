import ArrowDown from "lucide-solid/icons/arrow-down";
import ArrowUp from "lucide-solid/icons/arrow-up";
import { Show } from "solid-js";

import type { KeySort, SortOrder } from "../../../shared/wire.ts";
import { announce } from "../ui/announce.tsx";
import { defaultOrder, type KeyView } from "./key-view.ts";
import { sortText } from "./sorts.ts";

/** A column heading that sorts, and reverses the order on the second click. */
export function SortHeading(props: {
	sort: KeySort;
	text: string;
	/** What it sorts by, if `text` does not say so. */
	by?: string;
	view: KeyView;
	onView: (change: Partial<KeyView>) => void;
	number?: boolean;
}) {
	const current = () => props.view.sort === props.sort;
	const next = (): SortOrder => {
		if (!current()) return defaultOrder(props.sort);
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
				title={`Sort: ${sortText(props.sort, next())}`}
				onClick={() => {
					const order = next();
					announce(`Sorted: ${sortText(props.sort, order)}.`);
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
