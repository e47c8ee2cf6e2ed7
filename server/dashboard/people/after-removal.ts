import type { Person } from "../../../shared/wire.ts";
import { neighbour } from "../ui/neighbour.ts";

export const PEOPLE_HEADING_ID = "people-heading";

export function removeButtonId(personId: string): string {
	return `remove-${personId}`;
}

export function peopleHeading(): HTMLElement | null {
	return document.getElementById(PEOPLE_HEADING_ID);
}

/** Finds where the focus goes once a person's own button is gone: the next one's, else the one's before, else the heading. */
export function removeButtonBeside(personId: string, people: readonly Person[]): () => HTMLElement | null {
	const beside = neighbour(personId, people);
	return () => (beside && document.getElementById(removeButtonId(beside.id))) ?? peopleHeading();
}
