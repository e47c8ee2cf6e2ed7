import "../styles/entry-name.css";

import { Show } from "solid-js";

import type { ActivityEntry, PersonRef } from "../../../shared/wire.ts";

/** The key's label at the time, if recorded. */
export function label(entry: ActivityEntry): string | undefined {
	return entry.detail["label"] ?? entry.key?.label;
}

export function Person(props: { of: PersonRef | null }) {
	return (
		<Show when={props.of} fallback="Someone">
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

export function Name(props: { of: string | undefined }) {
	return (
		<Show when={props.of} fallback="something">
			<bdi class="entry-name">{props.of}</bdi>
		</Show>
	);
}

export function Place(props: { of: ActivityEntry; before: string }) {
	return (
		<Show when={props.of.detail["place"]}>
			{(place) => (
				<>
					{" "}
					{props.before} the place <Name of={place()} />
				</>
			)}
		</Show>
	);
}

export function KeyLabel(props: { entry: ActivityEntry }) {
	return (
		<Show when={props.entry.detail["label"]}>
			{(text) => (
				<>
					: key <Name of={text()} />
				</>
			)}
		</Show>
	);
}

export function RoleName(props: { of: string | undefined }) {
	return <>{ROLE_NAMES[props.of ?? ""] ?? props.of}</>;
}

const ROLE_NAMES: Record<string, string> = { owner: "an owner", admin: "an admin", member: "a member" };
