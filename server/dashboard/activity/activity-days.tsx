import { createMemo, For } from "solid-js";

import type { ActivityEntry } from "../../../shared/wire.ts";
import { now } from "../ui/clock.ts";
import { calendarDay, dayHeading } from "./day-heading.ts";
import { EntryRow } from "./entry-row.tsx";

/** Entries grouped by local calendar day. */
export function ActivityDays(props: { entries: ActivityEntry[]; onKey: ((keyId: string) => void) | undefined }) {
	const days = createMemo(() => [...new Set(props.entries.map((entry) => calendarDay(entry.at)))]);
	const of = (day: string) => props.entries.filter((entry) => calendarDay(entry.at) === day);
	return (
		<For each={days()}>
			{(day) => (
				<section class="activity-day">
					<h2>{dayHeading(day, now())}</h2>
					<ol class="card entries">
						<For each={of(day)}>{(entry) => <EntryRow entry={entry} onKey={props.onKey} />}</For>
					</ol>
				</section>
			)}
		</For>
	);
}
