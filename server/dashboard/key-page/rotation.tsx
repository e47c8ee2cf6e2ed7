import { createEffect, createMemo, on, onMount, Show } from "solid-js";

import type { CreatedKey, Key, KeyDetails } from "../../../shared/wire.ts";
import { KeyLink } from "../keys/key-link.tsx";
import { announce } from "../ui/announce.tsx";
import { NewKeyStep } from "./new-key-step.tsx";
import { OldServersStep } from "./old-servers-step.tsx";
import { PublishStep } from "./publish-step.tsx";
import { RevokeStep } from "./revoke-step.tsx";
import { RotationStep } from "./rotation-step.tsx";
import { currentStep, pathOf, type RotationPath } from "./rotation-steps.ts";

const STEP_DONE = [
	"",
	"The new key has been generated.",
	"The new key is in the script.",
	"A game server is using the new key.",
	"No server needs the old key: it is safe to revoke.",
	"The old key no longer works.",
];

export const ROTATION_HEADING_ID = "rotation-heading";

/** Guides from an old key to a new one. Steps are ticked off by what the server sees, never by a click. */
export function RotationCard(props: {
	workspaceId: string;
	details: KeyDetails;
	manages: boolean;
	/** The user just asked for it: it takes the focus. */
	takesFocus: boolean;
	onCreated: (created: CreatedKey) => void;
	onDelete: (key: Key) => void;
	/** Resolves once the page shows what changed. */
	onChanged: () => Promise<void>;
}) {
	const path = createMemo(() => pathOf(props.details));
	const current = createMemo(() => currentStep(path()));
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
					when={path().next}
					fallback={<NewKeyStep workspaceId={props.workspaceId} old={path().old} onCreated={props.onCreated} />}
				>
					{(next) => (
						<RotationStep number={1} current={current()} done title="New key generated" at={next().createdAt}>
							<p>
								<KeyLink workspaceId={props.workspaceId} key={next()} />, by{" "}
								<bdi>{next().createdBy?.name ?? "someone who left"}</bdi>{" "}
								{next().origin === "studio" ? "in Studio" : "in the dashboard"}
							</p>
						</RotationStep>
					)}
				</Show>
				<ScriptStep path={path()} current={current()} />
				<PublishStep path={path()} details={props.details} current={current()} />
				<OldServersStep path={path()} details={props.details} current={current()} />
				<RevokeStep
					workspaceId={props.workspaceId}
					path={path()}
					current={current()}
					manages={props.manages}
					onDelete={props.onDelete}
					onChanged={props.onChanged}
				/>
			</ol>
		</section>
	);
}

function ScriptStep(props: { path: RotationPath; current: number }) {
	const next = () => props.path.next;
	const fromStudio = () => next()?.origin === "studio";
	return (
		<RotationStep
			number={2}
			current={props.current}
			done={props.path.isInScript}
			title={props.path.isInScript ? "Script updated" : "Update the script"}
			at={fromStudio() ? next()?.confirmedAt : next()?.firstServerAt}
		>
			<Show
				when={props.path.isInScript}
				fallback={
					<p>
						{fromStudio()
							? "The plugin does this. Leave Studio open until it says Connected."
							: "Replace the old key with the new one: in a server-side Script or the Secrets Store. The first request with the new key ticks this off."}
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
