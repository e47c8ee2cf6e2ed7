import { Show } from "solid-js";

import type { Role } from "../../../shared/wire.ts";
import { createAction } from "../ui/action.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { FailureNotice } from "../ui/notice.tsx";
import { ROLE_PHRASES, ROLE_RIGHTS } from "./role-text.ts";

/** Confirms that an owner gives up the role, which only another owner can undo. */
export function StepDownDialog(props: {
	role: Role | undefined;
	onCancel: () => void;
	/** @throws ApiError */
	onConfirm: (role: Role) => Promise<void>;
}) {
	const change = createAction();
	const cancel = () => {
		change.clear();
		props.onCancel();
	};
	const confirm = (role: Role) => change.run(() => props.onConfirm(role));
	return (
		<Dialog
			alert
			open={props.role !== undefined}
			onDismiss={cancel}
			title="Stop being an owner?"
			description={
				<Show when={props.role}>
					{(role) => (
						<p>
							You become {ROLE_PHRASES[role()]}, who can {ROLE_RIGHTS[role()]}. Only another owner can make you an owner
							again.
						</p>
					)}
				</Show>
			}
		>
			<Show when={change.error()}>{(failure) => <FailureNotice error={failure()} />}</Show>
			<div class="foot">
				<Button onClick={cancel}>Cancel</Button>
				<Button kind="danger" busy={change.busy()} onClick={() => props.role && void confirm(props.role)}>
					Stop being an owner
				</Button>
			</div>
		</Dialog>
	);
}
