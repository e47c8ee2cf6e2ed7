import { createSignal, Show } from "solid-js";

import type { Workspace } from "../../../shared/wire.ts";
import { Button } from "../ui/button.tsx";
import { checkText } from "../ui/check-text.ts";
import { Field } from "../ui/field.tsx";
import { createForm } from "../ui/form.ts";
import { FailureNotice } from "../ui/notice.tsx";
import { useWorkspaces } from "./workspaces.tsx";
import { createWorkspace } from "./workspaces-api.ts";

/** Creates a workspace and reloads the list before calling `onCreated`. */
export function CreateForm(props: { onCreated: (workspace: Workspace) => void }) {
	const workspaces = useWorkspaces();
	const [name, setName] = createSignal("");
	const form = createForm({
		fields: ["name"],
		check: () => checkText("name", "workspace name", name()),
		send: async () => {
			const workspace = await createWorkspace(name().trim());
			await workspaces.reload();
			props.onCreated(workspace);
		},
	});
	return (
		<form class="card pad stack" onSubmit={form.onSubmit} noValidate>
			<Field label="Workspace name" value={name()} onValue={setName} autocomplete="off" error={form.about("name")} />
			<Show when={form.failure()}>{(failure) => <FailureNotice error={failure()} />}</Show>
			<Button kind="primary" type="submit" busy={form.busy()}>
				Create
			</Button>
		</form>
	);
}
