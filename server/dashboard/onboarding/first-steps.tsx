import CircleCheck from "lucide-solid/icons/circle-check";
import { Match, Show, Switch } from "solid-js";
import { Dynamic } from "solid-js/web";

import type { Key } from "../../../shared/wire.ts";
import { Button } from "../ui/button.tsx";
import { Ago } from "../ui/time.tsx";
import { useWorkspace } from "../workspaces/workspace-page.tsx";
import { canManageKeys } from "../workspaces/workspaces-api.ts";
import { stepList } from "./load-step-list.ts";
import { reachableByGames } from "./reachable-by-games.ts";
import type { FirstStepsStore } from "./steps.ts";

/** Shown in place of an empty list of keys. */
export function FirstSteps(props: { store: FirstStepsStore; manages: boolean }) {
	return (
		<Show
			when={props.manages}
			fallback={
				<>
					<h1>API Keys</h1>
					<p class="lead">There are no keys yet. An owner or admin of this workspace can generate them.</p>
				</>
			}
		>
			<h1>Connect your first game</h1>
			<Show when={props.store.known()}>
				<p class="lead">Three steps, about a minute. Each is ticked off automatically.</p>
				<Dynamic component={stepList()} steps={props.store.steps()} playtestAt={null} compact={false} />
			</Show>
		</Show>
	);
}

/** The remaining first steps, above the list of keys, until a game has sent a request. */
export function RemainingSteps(props: { store: FirstStepsStore; keys: readonly Key[] }) {
	const workspace = useWorkspace();
	return (
		<Switch>
			<Match when={props.store.hidden() || !canManageKeys(workspace().role)}>{null}</Match>
			<Match when={props.store.known() && props.store.steps().requestAt === null}>
				<section class="steps-left" aria-label="First steps">
					<Dynamic component={stepList()} steps={props.store.steps()} playtestAt={latestPlaytest(props.keys)} compact />
					{/* No game will ever end these steps. */}
					<Show when={!reachableByGames(location.origin)}>
						<Button kind="quiet" onClick={() => props.store.dismiss()}>
							Dismiss these steps
						</Button>
					</Show>
				</section>
			</Match>
			<Match when={props.store.completed() && props.store.steps().requestAt}>
				{(at) => (
					<section class="card steps-done" aria-label="First steps">
						<CircleCheck />
						<p>
							<strong>Your game is connected.</strong>{" "}
							<span class="muted">
								The first request arrived <Ago at={at()} />. The list shows when each key was last used.
							</span>
						</p>
						<Button small onClick={() => props.store.dismiss()}>
							Dismiss
						</Button>
					</section>
				)}
			</Match>
		</Switch>
	);
}

/** When one of these keys was last used by a playtest. */
function latestPlaytest(keys: readonly Key[]): string | null {
	const times = keys.flatMap(({ studio }) => studio.lastUsedAt ?? []);
	return times.sort().at(-1) ?? null;
}
