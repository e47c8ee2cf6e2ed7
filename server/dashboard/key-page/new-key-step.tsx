import { Show } from "solid-js";

import type { CreatedKey, Key } from "../../../shared/wire.ts";
import { LabelForm } from "../keys/label-form.tsx";
import { datedLabel, undatedLabel } from "../pairing/suggest-label.ts";
import { createTakenLabels } from "../pairing/taken-labels.ts";
import { now } from "../ui/clock.ts";
import { RotationStep } from "./rotation-step.tsx";

interface NewKeyProps {
	workspaceId: string;
	old: Key;
	onCreated: (created: CreatedKey) => void;
}

/** The first step, while open: generate a key here or reconnect in Studio. Either ticks it off. */
export function NewKeyStep(props: NewKeyProps) {
	return (
		<RotationStep number={1} current={1} done={false} title="Generate a new key">
			<Show
				when={props.old.origin === "studio"}
				fallback={
					<>
						<Generate {...props} />
						<p>
							Or connect the place in Studio: <span class="unbroken">Plugins › Auxvyn › Connect</span> gives it a new
							key with nothing to copy. Delete this key yourself afterwards.
						</p>
					</>
				}
			>
				<p>
					In Studio, open <bdi>{props.old.place?.name ?? "the place"}</bdi>, then click Plugins › Auxvyn › Reconnect.
					When you approve it, choose <span class="unbroken">Retire when unused</span>. The plugin puts the new key into
					the script, which ticks off steps 1 and 2.
				</p>
				<p>Or generate it here, and paste it into the script yourself:</p>
				<Generate {...props} />
			</Show>
		</RotationStep>
	);
}

function Generate(props: NewKeyProps) {
	const openedAt = now();
	const taken = createTakenLabels(() => props.workspaceId, undatedLabel(props.old.label));
	return (
		<LabelForm
			workspaceId={props.workspaceId}
			class="new-key"
			suggested={datedLabel(props.old.label, openedAt, taken())}
			primary={props.old.origin !== "studio"}
			replaces={props.old.id}
			onCreated={(created) => props.onCreated(created)}
		/>
	);
}
