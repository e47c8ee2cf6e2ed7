import "../styles/entry-words.css";

import { Show } from "solid-js";

import type { ActivityEntry, PersonRef } from "../../../shared/wire.ts";

/** A key's label as it was then, where the record has it. */
export function label(entry: ActivityEntry): string | undefined {
	return entry.detail["label"] ?? entry.key?.label;
}

export function Who(props: { is: PersonRef | null }) {
	return (
		<Show when={props.is} fallback="Somebody">
			{(person) => (
				<>
					<bdi class="entry-name">{person().name}</bdi>
					<Show when={person().left}>
						<span class="muted"> (left)</span>
					</Show>
				</>
			)}
		</Show>
	);
}

/** Whatever has a name. */
export function What(props: { is: string | undefined }) {
	return (
		<Show when={props.is} fallback="something">
			<bdi class="entry-name">{props.is}</bdi>
		</Show>
	);
}

export function Place(props: { of: ActivityEntry; before: string }) {
	return (
		<Show when={props.of.detail["place"]}>
			{(place) => (
				<>
					{" "}
					{props.before} the place <What is={place()} />
				</>
			)}
		</Show>
	);
}

export function Labelled(props: { entry: ActivityEntry }) {
	return (
		<Show when={props.entry.detail["label"]}>
			{(text) => (
				<>
					: key <What is={text()} />
				</>
			)}
		</Show>
	);
}

export function RoleWord(props: { is: string | undefined }) {
	return <>{ROLE_WORDS[props.is ?? ""] ?? props.is}</>;
}

const ROLE_WORDS: Record<string, string> = { owner: "an owner", admin: "an admin", member: "a member" };
