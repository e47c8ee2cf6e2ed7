import Pencil from "lucide-solid/icons/pencil";
import { createSignal, Show } from "solid-js";

import type { Backend } from "../../../shared/wire.ts";
import { PersonName } from "../keys/person-name.tsx";
import { Button } from "../ui/button.tsx";
import { Ago, Day } from "../ui/time.tsx";
import { RenameBackendForm } from "./rename-backend-form.tsx";

export function deleteButtonId(backendId: string): string {
	return `delete-${backendId}`;
}

export function BackendRow(props: {
	workspaceId: string;
	backend: Backend;
	manages: boolean;
	onRenamed: () => Promise<void>;
	onDelete: () => void;
}) {
	const [renaming, setRenaming] = createSignal(false);
	let pencil: HTMLButtonElement | undefined;
	const closeForm = () => {
		setRenaming(false);
		pencil?.focus();
	};

	return (
		<li>
			<div class="grow">
				<Show when={renaming()} fallback={<bdi class="name">{props.backend.name}</bdi>}>
					<RenameBackendForm
						workspaceId={props.workspaceId}
						backend={props.backend}
						onRenamed={async () => {
							await props.onRenamed();
							closeForm();
						}}
						onCancel={closeForm}
					/>
				</Show>
				<span class="mono muted client-id">{props.backend.id}</span>
				<span class="sub">
					<LastUse backend={props.backend} />
					{" · "}
					created <Day at={props.backend.createdAt} /> by{" "}
					<PersonName person={props.backend.createdBy} fallback="someone" />
				</span>
			</div>
			<Show when={props.manages && !renaming()}>
				<div class="backend-actions">
					<Button
						ref={(element) => (pencil = element)}
						small
						kind="quiet"
						icon={<Pencil />}
						aria-label={`Rename ${props.backend.name}`}
						title="Rename"
						onClick={() => setRenaming(true)}
					/>
					<Button
						small
						kind="danger"
						id={deleteButtonId(props.backend.id)}
						aria-label={`Delete ${props.backend.name}`}
						onClick={() => props.onDelete()}
					>
						Delete
					</Button>
				</div>
			</Show>
		</li>
	);
}

function LastUse(props: { backend: Backend }) {
	return (
		<Show when={props.backend.lastUsedAt} fallback="never used">
			{(at) => (
				<>
					last used <Ago at={at()} />
				</>
			)}
		</Show>
	);
}
