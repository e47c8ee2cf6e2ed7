import CircleCheck from "lucide-solid/icons/circle-check";
import { Match, Show, Switch } from "solid-js";

import { Button } from "../ui/button.tsx";
import { Ago } from "../ui/time.tsx";
import { useWorkspace } from "../workspaces/workspace-page.tsx";
import { canManageKeys } from "../workspaces/workspaces-api.ts";
import { reachableByGames } from "./reachable-by-games.ts";
import { StepList } from "./step-list.tsx";
import type { FirstStepsStore } from "./steps.ts";

/** Stands where the list of keys will be: the way from nothing to a game that sends a key. */
export function FirstSteps(props: { store: FirstStepsStore; manages: boolean }) {
	return (
		<Show
			when={props.manages}
			fallback={
				<>
					<h1>API Keys</h1>
					<p class="lead">There are no keys yet. An owner or admin of this workspace makes them.</p>
				</>
			}
		>
			<h1>Connect your first game</h1>
			<Show when={props.store.known()}>
				<p class="lead">
					Three steps, about a minute.{" "}
					{reachableByGames(location.origin)
						? "Each ticks itself off when it has happened."
						: "The first two tick themselves off when they have happened."}
				</p>
				<StepList steps={props.store.steps()} compact={false} />
			</Show>
		</Show>
	);
}

/** What is left of the first steps, above the list of keys, until a game has sent a request. */
export function StepsLeft(props: { store: FirstStepsStore }) {
	const workspace = useWorkspace();
	return (
		<Switch>
			<Match when={props.store.hidden() || !canManageKeys(workspace().role)}>{null}</Match>
			<Match when={props.store.known() && props.store.steps().requestAt === null}>
				<section class="steps-left" aria-label="First steps">
					<StepList steps={props.store.steps()} compact />
					{/* What cannot come must not wait here for ever. */}
					<Show when={!reachableByGames(location.origin)}>
						<Button kind="quiet" onClick={() => props.store.putAway()}>
							Put these steps away
						</Button>
					</Show>
				</section>
			</Match>
			<Match when={props.store.reached() && props.store.steps().requestAt}>
				{(at) => (
					<section class="card steps-done" aria-label="First steps">
						<CircleCheck />
						<p>
							<strong>Your game is connected.</strong>{" "}
							<span class="muted">
								The first request arrived <Ago at={at()} />. The list shows when each key was last used.
							</span>
						</p>
						<Button small onClick={() => props.store.putAway()}>
							Put away
						</Button>
					</section>
				)}
			</Match>
		</Switch>
	);
}
