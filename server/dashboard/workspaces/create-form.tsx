import { createSignal, Show } from "solid-js";

import type { Workspace } from "../../../shared/wire.ts";
import { type ApiError, asApiError } from "../api/api-error.ts";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { focusFirstWrong } from "../ui/focus-wrong.ts";
import { FailureNotice } from "../ui/notice.tsx";
import { useWorkspaces } from "./workspaces.tsx";
import { createWorkspace } from "./workspaces-api.ts";

/** Makes a workspace; the list of one's workspaces has it before `onCreated` hears of it. */
export function CreateForm(props: { onCreated: (workspace: Workspace) => void }) {
	const workspaces = useWorkspaces();
	const [name, setName] = createSignal("");
	const [missing, setMissing] = createSignal(false);
	const [busy, setBusy] = createSignal(false);
	const [error, setError] = createSignal<ApiError>();

	let form: HTMLFormElement | undefined;
	const submit = async (event: SubmitEvent) => {
		event.preventDefault();
		if (busy()) return;
		setError(undefined);
		setMissing(name().trim() === "");
		if (missing()) {
			focusFirstWrong(form);
			return;
		}
		setBusy(true);
		try {
			const workspace = await createWorkspace(name().trim());
			await workspaces.reload();
			props.onCreated(workspace);
		} catch (failure) {
			setError(asApiError(failure));
			focusFirstWrong(form);
		} finally {
			setBusy(false);
		}
	};
	const wrong = () => (missing() ? "Enter a name, your studio’s for example." : error()?.about("name"));
	return (
		<form class="card pad stack" ref={form} onSubmit={(event) => void submit(event)} noValidate>
			<Field label="Workspace name" value={name()} onValue={setName} autocomplete="off" error={wrong()} />
			<Show when={wrong() === undefined && error()}>{(failure) => <FailureNotice error={failure()} />}</Show>
			<Button kind="primary" type="submit" busy={busy()}>
				Create
			</Button>
		</form>
	);
}
