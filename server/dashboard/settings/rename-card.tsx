import { createEffect, createSignal, on, Show } from "solid-js";

import type { Workspace } from "../../../shared/wire.ts";
import { type ApiError, asApiError } from "../api/api-error.ts";
import { announce } from "../ui/announce.tsx";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { focusFirstWrong } from "../ui/focus-wrong.ts";
import { FailureNotice } from "../ui/notice.tsx";
import { renameWorkspace } from "../workspaces/workspaces-api.ts";

export function RenameCard(props: { workspace: Workspace; onRenamed: () => Promise<void> }) {
	const [name, setName] = createSignal(props.workspace.name);
	const [missing, setMissing] = createSignal(false);
	const [busy, setBusy] = createSignal(false);
	const [error, setError] = createSignal<ApiError>();
	createEffect(
		on(
			() => props.workspace.name,
			(current) => setName(current),
			{ defer: true },
		),
	);

	let form: HTMLFormElement | undefined;
	const save = async (event: SubmitEvent) => {
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
			const renamed = await renameWorkspace(props.workspace.id, name().trim());
			await props.onRenamed();
			setName(renamed.name);
			announce(`The workspace is called ${renamed.name} now.`);
		} catch (failure) {
			setError(asApiError(failure));
			focusFirstWrong(form);
		} finally {
			setBusy(false);
		}
	};
	const wrong = () => (missing() ? "Enter a name." : error()?.about("name"));
	return (
		<section class="settings-section">
			<h2>Name</h2>
			<form class="card pad stack" ref={form} onSubmit={(event) => void save(event)} noValidate>
				<div class="settings-line">
					<Field
						label="Workspace name"
						value={name()}
						onValue={setName}
						autocomplete="off"
						hint="People see it here, and games in the answer to their key."
						error={wrong()}
					/>
					<Button type="submit" busy={busy()}>
						Rename
					</Button>
				</div>
				<Show when={wrong() === undefined && error()}>{(failure) => <FailureNotice error={failure()} />}</Show>
			</form>
		</section>
	);
}
