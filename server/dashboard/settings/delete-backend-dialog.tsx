import { Show } from "solid-js";

import type { Backend } from "../../../shared/wire.ts";
import { asApiError } from "../api/api-error.ts";
import { createAction } from "../ui/action.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { FailureNotice } from "../ui/notice.tsx";
import { Ago } from "../ui/time.tsx";
import { deleteBackend } from "./backends-api.ts";

/** Confirms deleting a backend, and says what stops working. */
export function DeleteBackendDialog(props: {
	workspaceId: string;
	backend: Backend | undefined;
	focusAfter: () => HTMLElement | null;
	onCancel: () => void;
	/** The dialog stays busy until this resolves. */
	onDeleted: (backend: Backend) => Promise<void>;
}) {
	const deletion = createAction();
	const cancel = () => {
		deletion.clear();
		props.onCancel();
	};
	const remove = (backend: Backend) =>
		deletion.run(async () => {
			await deleteBackend(props.workspaceId, backend.id).catch((failure: unknown) => {
				// Someone else was faster.
				if (asApiError(failure).kind !== "not-found") throw failure;
			});
			await props.onDeleted(backend);
		});

	return (
		<Dialog
			alert
			open={props.backend !== undefined}
			onDismiss={cancel}
			fallbackFocus={() => props.focusAfter()}
			title={
				<>
					Delete <bdi>{props.backend?.name}</bdi>?
				</>
			}
			description={
				<p>
					<Show when={props.backend?.lastUsedAt} fallback="It has never been used.">
						{(at) => (
							<>
								It was last used <Ago at={at()} />.
							</>
						)}
					</Show>{" "}
					Its credentials are refused from the next request on: whatever uses them can no longer check keys. The keys
					themselves keep working. This cannot be undone.
				</p>
			}
		>
			<Show when={deletion.error()}>{(failure) => <FailureNotice error={failure()} />}</Show>
			<div class="foot">
				<Button onClick={cancel}>Cancel</Button>
				<Button kind="danger" busy={deletion.busy()} onClick={() => props.backend && void remove(props.backend)}>
					Delete
				</Button>
			</div>
		</Dialog>
	);
}
