import { createSignal, For, Show } from "solid-js";

import type { Backend, CreatedBackend, Workspace } from "../../../shared/wire.ts";
import { announce } from "../ui/announce.tsx";
import { neighbour } from "../ui/neighbour.ts";
import { FailureNotice } from "../ui/notice.tsx";
import { canManageKeys } from "../workspaces/workspaces-api.ts";
import { BackendForm } from "./backend-form.tsx";
import { BackendRow, deleteButtonId } from "./backend-row.tsx";
import { BackendSecretDialog } from "./backend-secret-dialog.tsx";
import { createBackends } from "./backends.ts";
import { DeleteBackendDialog } from "./delete-backend-dialog.tsx";
import { Section } from "./section.tsx";

const HEADING_ID = "backends-heading";

/** The credentials with which the workspace's own backends introspect its keys. */
export function BackendsSection(props: { workspace: Workspace }) {
	const { state, load } = createBackends(() => props.workspace.id);
	const [created, setCreated] = createSignal<CreatedBackend>();
	const [deleting, setDeleting] = createSignal<Backend>();
	let focusAfter = (): HTMLElement | null => document.getElementById(HEADING_ID);
	const manages = () => canManageKeys(props.workspace.role);

	const onCreated = (answer: CreatedBackend) => {
		setCreated(answer);
		void load();
	};
	const onDeleted = async ({ id, name }: Backend) => {
		const next = neighbour(id, state.list ?? []);
		focusAfter = () => document.getElementById(next ? deleteButtonId(next.id) : HEADING_ID);
		// Removes the row before the dialog closes, which would return the focus to the row.
		await load();
		setDeleting(undefined);
		announce(`${name} has been deleted. Its credentials no longer work.`);
	};

	return (
		<Section
			title="Backends"
			headingId={HEADING_ID}
			lead={
				<>
					Your backend can check the keys it receives with <span class="mono unbroken">POST /oauth/introspect</span>{" "}
					(RFC 7662). Its credentials only cover keys of this workspace.
				</>
			}
		>
			<Show when={state.error}>{(error) => <FailureNotice error={error()} onRetry={() => void load()} />}</Show>
			<Show when={manages()}>
				<BackendForm workspaceId={props.workspace.id} onCreated={onCreated} />
			</Show>
			<Show when={state.list?.length === 0 && !manages()}>
				<p class="muted">No backends yet.</p>
			</Show>
			<Show when={state.list?.length}>
				<ul class="card backends" aria-label="Backends">
					<For each={state.list}>
						{(backend) => (
							<BackendRow
								workspaceId={props.workspace.id}
								backend={backend}
								manages={manages()}
								onRenamed={load}
								onDelete={() => setDeleting(backend)}
							/>
						)}
					</For>
				</ul>
			</Show>
			<BackendSecretDialog created={created()} onClosed={() => setCreated(undefined)} />
			<DeleteBackendDialog
				workspaceId={props.workspace.id}
				backend={deleting()}
				focusAfter={() => focusAfter()}
				onCancel={() => setDeleting(undefined)}
				onDeleted={onDeleted}
			/>
		</Section>
	);
}
