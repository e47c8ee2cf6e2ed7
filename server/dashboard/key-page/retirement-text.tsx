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
			<Match when={props.path.isSafe}>No server needs it: it is revoked by itself within seconds.</Match>
			<Match when={true}>
				<Show when={isSoon() && at()} fallback={<>It is revoked by itself once step 4 is done.</>}>
					{(end) => <>It is revoked by itself at {whenText(end(), now())}, if nothing uses it until then.</>}
				</Show>{" "}
				If that takes until {day(new Date(asks()).toISOString(), now())}, you are asked instead.
			</Match>
		</Switch>
	);
}

/** "about 14:45", "about 12:00 on 9 Dec" */
function whenText(at: number, now: number): string {
	const iso = new Date(at).toISOString();
	const isToday = new Date(at).toDateString() === new Date(now).toDateString();
	return `about ${time(iso)}${isToday ? "" : ` on ${day(iso, now)}`}`;
}

function whyItAsks({ isSafe, waitingFor }: RotationPath, isLate: boolean): string {
	if (isSafe)
		return "It took longer than 7 days, so nothing happens by itself any more. No server needs the old key now.";
	if (waitingFor.some(({ code }) => code === "too_many_places"))
		return "More places use it than the server can keep apart, so it is not revoked by itself.";
	if (waitingFor.some(({ code, placeId }) => code === "no_newer_version" && placeId === null))
		return "The key that was to replace it no longer works, so it is not revoked by itself.";
	if (isLate)
		return "After 7 days it is still not certain that nothing needs it; step 4 says why. Nothing happens by itself any more.";
	return "Nothing is left but a place that was not published anew, and it may never be. Publish it, and the rest goes by itself; or revoke the old key if that place is not played any more.";
}
