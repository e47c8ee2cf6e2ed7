import { Show } from "solid-js";

import type { CreatedKey } from "../../../shared/wire.ts";
import { LabelForm } from "./label-form.tsx";

/** Generates a key. `first`: shown as the secondary way to a first key. */
export function GenerateForm(props: { workspaceId: string; first: boolean; onCreated: (created: CreatedKey) => void }) {
	return (
		<section class="generate-section">
			<Show when={props.first}>
				<h2>Not using Studio? Generate a key by hand</h2>
			</Show>
			<LabelForm
				workspaceId={props.workspaceId}
				class="card generate"
				suggested=""
				placeholder="Production, Dev, Staging…"
				primary={!props.first}
				onCreated={(created) => props.onCreated(created)}
			/>
		</section>
	);
}
