import CircleAlert from "lucide-solid/icons/circle-alert";
import { Show } from "solid-js";

import type { Key } from "../../../shared/wire.ts";
import { createAction } from "../ui/action.ts";
import { announce } from "../ui/announce.tsx";
import { Button } from "../ui/button.tsx";
import { FailureNotice, Notice } from "../ui/notice.tsx";
import { revokeKey } from "./keys-api.ts";
import { deletedText } from "./revoked-text.ts";

/** A key that an earlier attempt created, whose response did not arrive: its secret is lost. Offers to delete it. */
export function LostKey(props: { workspaceId: string; lost: Key; onSettled: () => void }) {
	const deletion = createAction();
	const remove = () =>
		deletion.run(async () => {
			const { lost } = props;
			await revokeKey(props.workspaceId, lost.id);
			props.onSettled();
			announce(`${deletedText(lost)} Now generate another.`);
		});
	return (
		<div role="alert">
			<Notice kind="bad" icon={<CircleAlert />}>
				<p>
					<strong>The key was created, but its secret did not arrive.</strong> A secret is sent only once.{" "}
					{props.lost.state === "active"
						? `Delete the key that ends in ${props.lost.hint}, then generate another.`
						: "The key has been deleted already: generate another."}
				</p>
				<Show when={deletion.error()}>{(error) => <FailureNotice error={error()} />}</Show>
				<div class="note-actions">
					<Show when={props.lost.state === "active"}>
						<Button small kind="danger" busy={deletion.busy()} onClick={() => void remove()}>
							Delete it
						</Button>
					</Show>
					<Button small onClick={() => props.onSettled()}>
						{props.lost.state === "active" ? "Keep it" : "Dismiss"}
					</Button>
				</div>
			</Notice>
		</div>
	);
}
