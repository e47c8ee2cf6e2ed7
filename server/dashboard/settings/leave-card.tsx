import { createSignal, createUniqueId } from "solid-js";

import type { Person, Workspace } from "../../../shared/wire.ts";
import { useExitWorkspace } from "../people/exit-workspace.ts";
import { RemoveDialog } from "../people/remove-dialog.tsx";
import { Button } from "../ui/button.tsx";
import { Section } from "./section.tsx";

export function LeaveCard(props: { workspace: Workspace; me: Person; isOnlyOwner: boolean }) {
	const exitWorkspace = useExitWorkspace();
	const reasonId = createUniqueId();
	const [asking, setAsking] = createSignal(false);
	return (
		<Section title="Leave">
			<div class="card pad settings-action">
				<p class="muted" id={reasonId}>
					{props.isOnlyOwner
						? "You are the only owner. To leave, make someone else an owner first under People."
						: "Keys and other things you created stay in the workspace."}
				</p>
				<Button disabled={props.isOnlyOwner} aria-describedby={reasonId} onClick={() => setAsking(true)}>
					Leave workspace
				</Button>
			</div>
			<RemoveDialog
				workspace={props.workspace}
				person={asking() ? props.me : undefined}
				isMe
				isOnlyOwner={props.isOnlyOwner}
				onCancel={() => setAsking(false)}
				onRemoved={() => void exitWorkspace(`You left ${props.workspace.name}.`)}
			/>
		</Section>
	);
}
