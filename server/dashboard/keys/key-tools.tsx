import Search from "lucide-solid/icons/search";
import { onCleanup } from "solid-js";

import { Segmented } from "../ui/segmented.tsx";
import { SEARCH_FIELD_ID } from "./after-delete.ts";
import type { KeyFilter } from "./key-list.ts";

/** How long typing has to pause before the server is asked. */
const TYPING_PAUSE_MS = 200;

const FILTERS: { value: KeyFilter; text: string }[] = [
	{ value: "active", text: "Active" },
	{ value: "revoked", text: "Revoked" },
	{ value: "all", text: "All" },
];

export function KeyTools(props: {
	filter: KeyFilter;
	onFilter: (filter: KeyFilter) => void;
	search: string;
	onSearch: (text: string) => void;
}) {
	let timer: ReturnType<typeof setTimeout> | undefined;
	onCleanup(() => clearTimeout(timer));
	const onInput = (text: string) => {
		clearTimeout(timer);
		timer = setTimeout(() => props.onSearch(text), TYPING_PAUSE_MS);
	};
	return (
		<div class="tools" role="search">
			<div class="search">
				<Search />
				<input
					id={SEARCH_FIELD_ID}
					type="search"
					aria-label="Search keys"
					placeholder="Label, place or last four"
					value={props.search}
					onInput={(event) => onInput(event.currentTarget.value)}
				/>
			</div>
			<span class="grow" />
			<Segmented legend="Show" hideLegend options={FILTERS} value={props.filter} onValue={props.onFilter} />
		</div>
	);
}
