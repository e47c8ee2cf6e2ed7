import ChevronDown from "lucide-solid/icons/chevron-down";
import X from "lucide-solid/icons/x";
import { For, Show } from "solid-js";

import { displayHint } from "../../../shared/key-format.ts";
import type { KeyRef, PersonRef } from "../../../shared/wire.ts";
import { Button } from "../ui/button.tsx";

export function ActivityTools(props: {
	people: PersonRef[];
	person: string | undefined;
	onPerson: (id: string | undefined) => void;
	/** The key filtered by; "unknown" until an entry names it. */
	key: KeyRef | "unknown" | undefined;
	onAllKeys: () => void;
}) {
	return (
		<div class="tools activity-tools">
			<span class="select">
				<select
					aria-label="Person"
					value={props.person ?? ""}
					onChange={(event) => props.onPerson(event.currentTarget.value || undefined)}
				>
					<option value="" selected={props.person === undefined}>
						Everyone
					</option>
					<For each={props.people}>
						{(person) => (
							<option value={person.id} selected={person.id === props.person}>
								{person.name}
								{person.left ? " (left)" : ""}
							</option>
						)}
					</For>
				</select>
				<ChevronDown />
			</span>
			<Show when={props.key}>
				{(key) => (
					<span class="activity-key">
						<span>
							Only <KeyName of={key()} />
						</span>
						<Button kind="quiet" icon={<X />} onClick={() => props.onAllKeys()}>
							All keys
						</Button>
					</span>
				)}
			</Show>
		</div>
	);
}

function KeyName(props: { of: KeyRef | "unknown" }) {
	const known = () => (props.of === "unknown" ? undefined : props.of);
	return (
		<Show when={known()} fallback="one key">
			{(key) => (
				<>
					the key <bdi class="entry-name">{key().label}</bdi> <span class="mono">{displayHint(key().hint)}</span>
				</>
			)}
		</Show>
	);
}
