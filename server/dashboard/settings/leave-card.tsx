import { createSignal } from "solid-js";

import type { Person, Workspace } from "../../../shared/wire.ts";
import { useExitWorkspace } from "../people/exit-workspace.ts";
import { RemoveDialog } from "../people/remove-dialog.tsx";
import { Button } from "../ui/button.tsx";

export function LeaveCard(props: { workspace: Workspace; me: Person; isOnlyOwner: boolean }) {
	const exitWorkspace = useExitWorkspace();
	const [asking, setAsking] = createSignal(false);
	return (
		<section class="settings-section">
			<h2>Leave</h2>
			<div class="card pad settings-action">
				<p class="muted">What you made stays here, shown as made by someone who left.</p>
				<Button onClick={() => setAsking(true)}>Leave workspace</Button>
			</div>
			<RemoveDialog
				workspace={props.workspace}
				person={asking() ? props.me : undefined}
				isMe
				isOnlyOwner={props.isOnlyOwner}
				onCancel={() => setAsking(false)}
				onRemoved={() => void exitWorkspace(`You left ${props.workspace.name}.`)}
			/>
		</section>
	);
}
