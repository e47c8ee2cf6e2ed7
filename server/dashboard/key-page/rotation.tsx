import { createEffect, createMemo, on, onMount, Show } from "solid-js";

import type { CreatedKey, Key } from "../../../shared/wire.ts";
import { KeyLink } from "../keys/key-link.tsx";
import { reachableByGames } from "../onboarding/reachable-by-games.ts";
import { announce } from "../ui/announce.tsx";
import { DeleteStep } from "./delete-step.tsx";
import { NewKeyStep } from "./new-key-step.tsx";
import { RotationStep } from "./rotation-step.tsx";
import { currentStep, type Rotation } from "./rotation-steps.ts";

const STEP_DONE = [
	"",
	"The new key has been generated.",
	"The new key is in the script.",
	"A game server is using the new key.",
	"The old key no longer works.",
];

export const ROTATION_HEADING_ID = "rotation-heading";

/** Guides from an old key to a new one. Steps are ticked off by what the server sees, never by a click. */
export function RotationCard(props: {
	workspaceId: string;
	rotation: Rotation;
	manages: boolean;
	/** The user just asked for it: it takes the focus. */
	takesFocus: boolean;
	onCreated: (created: CreatedKey) => void;
	onDelete: (key: Key) => void;
}) {
	const current = createMemo(() => currentStep(props.rotation));
	let heading: HTMLHeadingElement | undefined;
	onMount(() => props.takesFocus && heading?.focus());
	createEffect(on(current, (step) => announce(STEP_DONE[step - 1] ?? ""), { defer: true }));

	return (
		<section class="card pad">
			<h2 id={ROTATION_HEADING_ID} ref={heading} tabindex="-1">
				Rotation
			</h2>
			<ol class="rotation">
				<Show
					when={props.rotation.next}
					fallback={<NewKeyStep workspaceId={props.workspaceId} old={props.rotation.old} onCreated={props.onCreated} />}
				>
					{(next) => (
						<RotationStep number={1} current={current()} done title="New key generated" at={next().createdAt}>
							<p>
								<KeyLink workspaceId={props.workspaceId} key={next()} />, by{" "}
								<bdi>{next().createdBy?.name ?? "someone who left"}</bdi>{" "}
								{next().origin === "studio" ? "in Studio" : "here"}
							</p>
						</RotationStep>
					)}
				</Show>
				<ScriptStep rotation={props.rotation} current={current()} />
				<PublishStep rotation={props.rotation} current={current()} />
				<DeleteStep rotation={props.rotation} current={current()} manages={props.manages} onDelete={props.onDelete} />
			</ol>
		</section>
	);
}

interface StepProps {
	rotation: Rotation;
	current: number;
}

function ScriptStep(props: StepProps) {
	const next = () => props.rotation.next;
	const fromStudio = () => next()?.origin === "studio";
	return (
		<RotationStep
			number={2}
			current={props.current}
			done={props.rotation.inScript}
			title={props.rotation.inScript ? "Script updated" : "Update the script"}
			at={fromStudio() ? next()?.confirmedAt : next()?.firstServerAt}
		>
			<Show
				when={props.rotation.inScript}
				fallback={
					<p>
						{fromStudio()
							? "The plugin does this: leave Studio open until it says that the key is installed."
							: "Put the new key where the old one is: in a server-side Script or the Secrets Store. Its first request ticks this off."}
					</p>
				}
			>
				<p>
					<Show when={fromStudio()} fallback="Requests with the new key have arrived">
						By the plugin, in <bdi>{next()?.place?.name ?? "the place"}</bdi>
					</Show>
				</p>
			</Show>
		</RotationStep>
	);
}

function PublishStep(props: StepProps) {
	const fromStudio = () => props.rotation.next?.origin === "studio";
	return (
		<RotationStep
			number={3}
			current={props.current}
			done={props.rotation.published}
			title={props.rotation.published ? "Published" : "Publish the place"}
			at={props.rotation.next?.firstServerAt}
		>
			<p>
				{props.rotation.published
					? "A game server has used the new key"
					: fromStudio()
						? "Game servers that start after that send the new key. The first one ticks this off."
						: "Needed if the key is in a Script; servers read the Secrets Store when they start. The first one with the new key ticks this off."}
			</p>
			<Show when={!props.rotation.published && !reachableByGames(location.origin)}>
				<p>Published games cannot reach this address: the server needs a public https address (PUBLIC_URL).</p>
			</Show>
		</RotationStep>
	);
}
