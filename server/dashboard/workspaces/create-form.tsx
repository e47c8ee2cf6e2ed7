import { createSignal, Show } from "solid-js";

import type { Workspace } from "../../../shared/wire.ts";
import { createOnce } from "../api/once.ts";
import { Button } from "../ui/button.tsx";
import { checkText } from "../ui/check-text.ts";
import { Field } from "../ui/field.tsx";
import { createForm } from "../ui/form.ts";
import { FailureNotice } from "../ui/notice.tsx";
import { useWorkspaces } from "./workspaces.tsx";
import { createWorkspace, listWorkspaces } from "./workspaces-api.ts";

/** Creates a workspace and reloads the list before calling `onCreated`. */
export function CreateForm(props: { onCreated: (workspace: Workspace) => void }) {
	const workspaces = useWorkspaces();
	const [name, setName] = createSignal("");
	const once = createOnce<Workspace>("workspace");
	const form = createForm({
		fields: ["name"],
		check: () => checkText("name", "workspace name", name()),
		send: async () => {
			const known = new Set(workspaces.list().map(({ id }) => id));
			const find = async () => (await listWorkspaces()).find(({ id, role }) => role === "owner" && !known.has(id));
			const workspace = await once(() => createWorkspace(name().trim()), find);
			await workspaces.reload();
			props.onCreated(workspace);
		},
	});
	return (
		<form class="card pad stack" onSubmit={form.onSubmit} noValidate>
			<Field label="Workspace name" value={name()} onValue={setName} autocomplete="off" error={form.about("name")} />
			<Show when={form.failure()}>{(failure) => <FailureNotice error={failure()} onRetry={form.retry} />}</Show>
			<Button kind="primary" type="submit" busy={form.busy()}>
				Create
			</Button>
		</form>
	);
}
