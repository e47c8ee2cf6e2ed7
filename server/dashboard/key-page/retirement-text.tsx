import { Match, Show, Switch } from "solid-js";

import type { Retirement } from "../../../shared/wire.ts";
import { now } from "../ui/clock.ts";
import { day, time } from "../ui/format.ts";
import { asksAt, safeAt } from "./retirement-times.ts";
import type { RotationPath } from "./rotation-steps.ts";

/** What becomes of a key that is being retired, and when. */
export function RetirementText(props: { path: RotationPath; retirement: Retirement }) {
	const at = () => safeAt(props.path.waitingFor, props.path.silentMinutes, now());
	const asks = () => asksAt(props.retirement.since);
	const isSoon = () => (at() ?? 0) < asks();
	return (
		<Switch>
			<Match when={props.retirement.state === "asking"}>{whyItAsks(props.path, now() > asks())}</Match>
			<Match when={props.path.isSafe}>No server needs it. It will be revoked within seconds.</Match>
			<Match when={true}>
				<Show
					when={isSoon() && at()}
					fallback={
						<>
							It will be revoked automatically once step 4 is done. If that has not happened by{" "}
							{day(new Date(asks()).toISOString(), now())}, the decision is yours.
						</>
					}
				>
					{(end) => (
						<>It will be revoked automatically {whenText(end(), now())}, unless something uses it before then.</>
					)}
				</Show>
			</Match>
		</Switch>
	);
}

/** "at about 14:45", "at about 12:00 on 9 Dec" */
function whenText(at: number, now: number): string {
	const iso = new Date(at).toISOString();
	const isToday = new Date(at).toDateString() === new Date(now).toDateString();
	return `at about ${time(iso)}${isToday ? "" : ` on ${day(iso, now)}`}`;
}

function whyItAsks({ isSafe, waitingFor }: RotationPath, isLate: boolean): string {
	if (isSafe)
		return "No server needs the old key any more, but that took longer than 7 days, so it is not revoked automatically.";
	if (waitingFor.some(({ code }) => code === "too_many_places"))
		return "More places use it than the server can track, so it is not revoked automatically.";
	if (waitingFor.some(({ code, placeId }) => code === "no_newer_version" && placeId === null))
		return "Its replacement no longer works, so it is not revoked automatically.";
	if (isLate)
		return "After 7 days, something may still need it (see step 4), so it is no longer revoked automatically.";
	return "All that is left is a place that has not been published with the new key. Publish it, and the old key is revoked automatically; or revoke it yourself if nobody plays that place any more.";
}
