import type { Person } from "../../../shared/wire.ts";
import { neighbour } from "../ui/neighbour.ts";

export const PEOPLE_HEADING_ID = "people-heading";

export function removeButtonId(personId: string): string {
	return `remove-${personId}`;
}

export function peopleHeading(): HTMLElement | null {
	return document.getElementById(PEOPLE_HEADING_ID);
}

/** Finds what to focus once a person's button is gone: the next person's, else the previous one's, else the heading. */
export function nextRemoveButton(personId: string, people: readonly Person[]): () => HTMLElement | null {
	const next = neighbour(personId, people);
	return () => (next && document.getElementById(removeButtonId(next.id))) ?? peopleHeading();
}
