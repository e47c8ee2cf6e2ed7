import ArrowUpDown from "lucide-solid/icons/arrow-up-down";
import Search from "lucide-solid/icons/search";
import { createEffect, createSignal, For, on, onCleanup } from "solid-js";

import { number } from "../ui/format.ts";
import { Segmented } from "../ui/segmented.tsx";
import { SEARCH_FIELD_ID } from "./focus-after-delete.ts";
import type { KeyFilter, KeyView } from "./key-view.ts";
import { searchQuery } from "./search-query.ts";
import { SORT_CHOICES } from "./sorts.ts";

/** Debounces the search. */
const TYPING_PAUSE_MS = 100;

export function KeyTools(props: {
	view: KeyView;
	counts: { active: number; revoked: number } | undefined;
	onView: (change: Partial<KeyView>) => void;
}) {
	const [typed, setTyped] = createSignal(props.view.search);
	let timer: ReturnType<typeof setTimeout> | undefined;
	onCleanup(() => clearTimeout(timer));
	const onInput = (text: string) => {
		setTyped(text);
		clearTimeout(timer);
		timer = setTimeout(() => props.onView({ search: searchQuery(text) }), TYPING_PAUSE_MS);
	};
	// Back navigation or a new key changes the search. Never overwrite what is being typed.
	createEffect(
		on(
			() => props.view.search,
			(search) => search !== searchQuery(typed()) && setTyped(search),
			{ defer: true },
		),
	);

	const filters: { value: KeyFilter; readonly text: string }[] = [
		{
			value: "active",
			get text() {
				return withCount("Active", props.counts?.active);
			},
		},
		{
			value: "revoked",
			get text() {
				return withCount("Revoked", props.counts?.revoked);
			},
		},
		{ value: "all", text: "All" },
	];
	return (
		<div class="tools" role="search">
			<div class="search">
				<Search />
				<input
					id={SEARCH_FIELD_ID}
					type="search"
					aria-label="Search keys"
					placeholder="Search label, place or ending"
					autocomplete="off"
					spellcheck={false}
					value={typed()}
					onInput={(event) => onInput(event.currentTarget.value)}
				/>
			</div>
			<span class="grow" />
			<SortSelect view={props.view} onView={props.onView} />
			<Segmented
				legend="Show"
				hideLegend
				options={filters}
				value={props.view.filter}
				onValue={(filter) => props.onView({ filter })}
			/>
		</div>
	);
}

function withCount(text: string, count: number | undefined): string {
	return count === undefined ? text : `${text} ${number(count)}`;
}

/** For narrow windows, which hide the table's headings. */
function SortSelect(props: { view: KeyView; onView: (change: Partial<KeyView>) => void }) {
	const current = () =>
		SORT_CHOICES.findIndex(({ sort, order }) => sort === props.view.sort && order === props.view.order);
	return (
		<span class="select sort-select">
			<select
				aria-label="Sort by"
				onChange={(event) => {
					const { sort, order } = SORT_CHOICES[event.currentTarget.selectedIndex] ?? props.view;
					props.onView({ sort, order });
				}}
			>
				<For each={SORT_CHOICES}>
					{(choice, index) => <option selected={index() === current()}>{choice.text}</option>}
				</For>
			</select>
			<ArrowUpDown />
		</span>
	);
}
