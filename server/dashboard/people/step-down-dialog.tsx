import { Show } from "solid-js";

import type { Role } from "../../../shared/wire.ts";
import { createAttempt } from "../ui/attempt.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { FailureNotice } from "../ui/notice.tsx";
import { ROLE_PHRASES, ROLE_RIGHTS } from "./role-words.ts";

/** An owner is about to give that up, which only another owner can undo. */
export function StepDownDialog(props: {
	role: Role | undefined;
	onCancel: () => void;
	/** @throws ApiError */
	onConfirm: (role: Role) => Promise<void>;
}) {
	const asking = createAttempt();
	const cancel = () => {
		asking.forget();
		props.onCancel();
	};
	const confirm = (role: Role) => asking.run(() => props.onConfirm(role));
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
							You become {ROLE_PHRASES[role()]}, who {ROLE_RIGHTS[role()]}. Only another owner can make you one again.
						</p>
					)}
				</Show>
			}
		>
			<Show when={asking.error()}>{(failure) => <FailureNotice error={failure()} />}</Show>
			<div class="foot">
				<Button onClick={cancel}>Cancel</Button>
				<Button kind="danger" busy={asking.busy()} onClick={() => props.role && void confirm(props.role)}>
					Stop being an owner
				</Button>
			</div>
		</Dialog>
	);
}
