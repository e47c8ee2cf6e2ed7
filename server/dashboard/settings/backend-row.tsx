import Pencil from "lucide-solid/icons/pencil";
import { createSignal, Show } from "solid-js";

import type { Backend } from "../../../shared/wire.ts";
import { PersonName } from "../keys/person-name.tsx";
import { announce } from "../ui/announce.tsx";
import { Button } from "../ui/button.tsx";
import { RenameForm } from "../ui/rename-form.tsx";
import { Ago, Day } from "../ui/time.tsx";
import { renameBackend } from "./backends-api.ts";

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
	const rename = async (name: string) => {
		const renamed = await renameBackend(props.workspaceId, props.backend.id, name);
		announce(`Renamed to ${renamed.name}.`);
		await props.onRenamed();
		closeForm();
	};

	return (
		<li>
			<div class="grow">
				<Show when={renaming()} fallback={<bdi class="name">{props.backend.name}</bdi>}>
					<RenameForm
						current={props.backend.name}
						field="name"
						kind="backend name"
						rename={rename}
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
