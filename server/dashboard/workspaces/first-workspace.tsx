import { createSignal, Show } from "solid-js";

import { type ApiError, asApiError } from "../api/api-error.ts";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { focusFirstWrong } from "../ui/focus-wrong.ts";
import { FailureNotice } from "../ui/notice.tsx";
import { useWorkspaces } from "./workspaces.tsx";
import { createWorkspace } from "./workspaces-api.ts";

/** For somebody who is in no workspace any more. */
export function FirstWorkspace() {
	const workspaces = useWorkspaces();
	const [name, setName] = createSignal("");
	const [missing, setMissing] = createSignal(false);
	const [error, setError] = createSignal<ApiError>();

	let form: HTMLFormElement | undefined;
	const submit = async (event: SubmitEvent) => {
		event.preventDefault();
		setMissing(name().trim() === "");
		if (missing()) {
			focusFirstWrong(form);
			return;
		}
		try {
			await createWorkspace(name().trim());
			await workspaces.reload();
		} catch (failure) {
			setError(asApiError(failure));
			focusFirstWrong(form);
		}
	};
	return (
		<main class="narrow">
			<h1>You are in no workspace</h1>
			<p class="lead">A workspace owns API keys. Make one, or ask somebody to invite you to theirs.</p>
			<form class="card pad stack" ref={form} onSubmit={(event) => void submit(event)} noValidate>
				<Field
					label="Workspace name"
					value={name()}
					onValue={setName}
					error={missing() ? "Enter a name, your studio’s for example." : error()?.about("name")}
				/>
				<Show when={error()}>{(failure) => <FailureNotice error={failure()} />}</Show>
				<Button kind="primary" type="submit">
					Create
				</Button>
			</form>
		</main>
	);
}
