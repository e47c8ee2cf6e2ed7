import type { KeySort, SortOrder } from "../../../shared/wire.ts";

/** Every order, in words. */
export const SORT_CHOICES: { sort: KeySort; order: SortOrder; words: string }[] = [
	{ sort: "created", order: "desc", words: "Newest first" },
	{ sort: "created", order: "asc", words: "Oldest first" },
	{ sort: "label", order: "asc", words: "Label, A to Z" },
	{ sort: "label", order: "desc", words: "Label, Z to A" },
	{ sort: "used", order: "desc", words: "Used last" },
	{ sort: "used", order: "asc", words: "Unused longest" },
	{ sort: "requests", order: "desc", words: "Most requests" },
	{ sort: "requests", order: "asc", words: "Fewest requests" },
];

export function sortWords(sort: KeySort, order: SortOrder): string {
	return SORT_CHOICES.find((choice) => choice.sort === sort && choice.order === order)?.words ?? "";
}
