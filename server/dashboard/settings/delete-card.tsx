import { createSignal } from "solid-js";

import type { Workspace } from "../../../shared/wire.ts";
import { activeKeysText } from "../people/role-text.ts";
import { Button } from "../ui/button.tsx";
import { DeleteWorkspaceDialog } from "./delete-workspace-dialog.tsx";
import { Section } from "./section.tsx";

export function DeleteCard(props: { workspace: Workspace; activeKeys: number; people: number }) {
	const [asking, setAsking] = createSignal(false);
	return (
		<Section title="Delete">
			<div class="card pad settings-action">
				<p class="muted">
					{props.activeKeys === 0
						? "Deletes the workspace at once, for everyone in it. It has no active keys."
						: `Its ${activeKeysText(props.activeKeys)} would stop working at once, for everyone.`}
				</p>
				<Button kind="danger" onClick={() => setAsking(true)}>
					Delete workspace
				</Button>
			</div>
			<DeleteWorkspaceDialog
				open={asking()}
				workspace={props.workspace}
				activeKeys={props.activeKeys}
				people={props.people}
				onCancel={() => setAsking(false)}
			/>
		</Section>
	);
}
