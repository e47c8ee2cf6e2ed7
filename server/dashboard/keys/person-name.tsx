import { Show } from "solid-js";

import type { PersonRef } from "../../../shared/wire.ts";

/** Who it was, and whether they have left. */
export function PersonName(props: { person: PersonRef | null; otherwise: string }) {
	return (
		<Show when={props.person} fallback={props.otherwise}>
			{(person) => (
				<>
					<bdi>{person().name}</bdi>
					<Show when={person().left}> (left)</Show>
				</>
			)}
		</Show>
	);
}

/** Who it was, as the end of a sentence; nothing where nobody did it. */
export function ByPerson(props: { person: PersonRef | null }) {
	return (
		<Show when={props.person}>
			{(person) => (
				<>
					{" "}
					by <bdi>{person().name}</bdi>
				</>
			)}
		</Show>
	);
}
