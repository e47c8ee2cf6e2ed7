import { createSignal } from "solid-js";

import type { Person, Workspace } from "../../../shared/wire.ts";
import { DepartureDialog } from "../people/departure-dialog.tsx";
import { useDeparture } from "../people/use-departure.ts";
import { Button } from "../ui/button.tsx";

export function LeaveCard(props: { workspace: Workspace; me: Person; isOnlyOwner: boolean }) {
	const departed = useDeparture();
	const [asking, setAsking] = createSignal(false);
	return (
		<section class="settings-section">
			<h2>Leave</h2>
			<div class="card pad settings-action">
				<p class="muted">What you made stays here, and the list says that you left.</p>
				<Button onClick={() => setAsking(true)}>Leave workspace</Button>
			</div>
			<DepartureDialog
				workspace={props.workspace}
				person={asking() ? props.me : undefined}
				isMe
				isOnlyOwner={props.isOnlyOwner}
				onCancel={() => setAsking(false)}
				onGone={() => void departed(`You left ${props.workspace.name}.`)}
			/>
		</section>
	);
}
