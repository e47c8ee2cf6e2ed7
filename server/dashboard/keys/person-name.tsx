import { Show } from "solid-js";

import type { PersonRef } from "../../../shared/wire.ts";

/** A person's name, marked if they have left. */
export function PersonName(props: { person: PersonRef | null; fallback: string }) {
	return (
		<Show when={props.person} fallback={props.fallback}>
			{(person) => (
				<>
					<bdi>{person().name}</bdi>
					<Show when={person().left}> (left)</Show>
				</>
			)}
		</Show>
	);
}

/** " by Rin", or nothing without a person. */
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
