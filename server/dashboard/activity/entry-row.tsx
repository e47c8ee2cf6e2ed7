import KeyRound from "lucide-solid/icons/key-round";
import Link from "lucide-solid/icons/link";
import Plug from "lucide-solid/icons/plug";
import Server from "lucide-solid/icons/server";
import SquareStack from "lucide-solid/icons/square-stack";
import UserRound from "lucide-solid/icons/user-round";
import { type JSX, Show } from "solid-js";
import { Dynamic } from "solid-js/web";

import { displayHint } from "../../../shared/key-format.ts";
import type { ActivityEntry } from "../../../shared/wire.ts";
import { time, timestamp } from "../ui/format.ts";
import { EntryText } from "./entry-text.tsx";

/** By the part of an entry's kind before the dot. */
const ICONS: Record<string, (props: object) => JSX.Element> = {
	key: KeyRound,
	pairing: Plug,
	invitation: Link,
	person: UserRound,
	workspace: SquareStack,
	backend: Server,
};

export function EntryRow(props: { entry: ActivityEntry; onKey: ((keyId: string) => void) | undefined }) {
	const icon = () => ICONS[props.entry.kind.split(".")[0] ?? ""] ?? SquareStack;
	return (
		<li class="entry">
			<Dynamic component={icon()} />
			<p class="entry-text">
				<EntryText entry={props.entry} />
			</p>
			<Show when={props.onKey && props.entry.key}>
				{(key) => (
					<button
						type="button"
						class="entry-key mono"
						aria-label={`Show only the key ${key().label}, ${displayHint(key().hint)}`}
						title="Show only this key"
						onClick={() => props.onKey?.(key().id)}
					>
						{displayHint(key().hint)}
					</button>
				)}
			</Show>
			<span class="entry-address">{props.entry.address ?? ""}</span>
			<time class="entry-time" dateTime={props.entry.at} title={timestamp(props.entry.at)}>
				{time(props.entry.at)}
			</time>
		</li>
	);
}
