import { createEffect, createSignal, on, Show } from "solid-js";

import type { Workspace } from "../../../shared/wire.ts";
import { announce } from "../ui/announce.tsx";
import { Button } from "../ui/button.tsx";
import { checkText } from "../ui/check-text.ts";
import { Field } from "../ui/field.tsx";
import { createForm } from "../ui/form.ts";
import { FailureNotice } from "../ui/notice.tsx";
import { renameWorkspace } from "../workspaces/workspaces-api.ts";
import { Section } from "./section.tsx";

export function RenameCard(props: { workspace: Workspace; onRenamed: () => Promise<void> }) {
	const [name, setName] = createSignal(props.workspace.name);
	createEffect(
		on(
			() => props.workspace.name,
			(current) => setName(current),
			{ defer: true },
		),
	);

	const form = createForm({
		fields: ["name"],
		check: () => checkText("name", "workspace name", name()),
		send: async () => {
			const renamed = await renameWorkspace(props.workspace.id, name().trim());
			await props.onRenamed();
			setName(renamed.name);
			announce(`The workspace is now called ${renamed.name}.`);
		},
	});
	return (
		<Section title="Name">
			<form class="card pad stack" onSubmit={form.onSubmit} noValidate>
				<div class="settings-line">
					<Field
						label="Workspace name"
						value={name()}
						onValue={setName}
						autocomplete="off"
						hint="Shown here, and sent to games and backends that check a key."
						error={form.about("name")}
					/>
					<Button type="submit" busy={form.busy()}>
						Rename
					</Button>
				</div>
				<Show when={form.failure()}>{(failure) => <FailureNotice error={failure()} />}</Show>
			</form>
		</Section>
	);
}
