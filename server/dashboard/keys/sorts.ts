import type { KeySort, SortOrder } from "../../../shared/wire.ts";

/** All sort orders, with their text. */
export const SORT_CHOICES: { sort: KeySort; order: SortOrder; text: string }[] = [
	{ sort: "created", order: "desc", text: "Newest first" },
	{ sort: "created", order: "asc", text: "Oldest first" },
	{ sort: "label", order: "asc", text: "Label, A to Z" },
	{ sort: "label", order: "desc", text: "Label, Z to A" },
	{ sort: "used", order: "desc", text: "Recently used" },
	{ sort: "used", order: "asc", text: "Longest unused" },
	{ sort: "requests", order: "desc", text: "Most requests" },
	{ sort: "requests", order: "asc", text: "Fewest requests" },
];

export function sortText(sort: KeySort, order: SortOrder): string {
	return SORT_CHOICES.find((choice) => choice.sort === sort && choice.order === order)?.text ?? "";
}
