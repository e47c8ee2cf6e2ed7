import { createSignal, onMount, Show } from "solid-js";

import type { Backend } from "../../../shared/wire.ts";
import { failureText } from "../api/failure-text.ts";
import { announce } from "../ui/announce.tsx";
import { Button } from "../ui/button.tsx";
import { checkText } from "../ui/check-text.ts";
import { createForm } from "../ui/form.ts";
import { renameBackend } from "./backends-api.ts";

/** Renames a backend in place. Enter saves, Escape cancels. */
export function RenameBackendForm(props: {
	workspaceId: string;
	backend: Backend;
	onRenamed: () => Promise<void>;
	onCancel: () => void;
}) {
	const [name, setName] = createSignal(props.backend.name);
	let input: HTMLInputElement | undefined;
	onMount(() => input?.select());
	const form = createForm({
		fields: ["name"],
		check: () => checkText("name", "backend name", name()),
		send: async () => {
			const renamed = await renameBackend(props.workspaceId, props.backend.id, name().trim());
			announce(`Renamed to ${renamed.name}.`);
			await props.onRenamed();
		},
	});
	const problem = () => {
		const failure = form.failure();
		if (failure === undefined) return form.about("name");
		const { title, detail } = failureText(failure);
		return `${title}. ${detail}`;
	};

	return (
		<form
			class="rename"
			noValidate
			onSubmit={form.onSubmit}
			onKeyDown={(event) => event.key === "Escape" && props.onCancel()}
		>
			<input
				type="text"
				ref={input}
				aria-label="New name"
				aria-invalid={problem() !== undefined ? "true" : undefined}
				autocomplete="off"
				value={name()}
				onInput={(event) => setName(event.currentTarget.value)}
			/>
			<Button small type="submit" busy={form.busy()}>
				Save
			</Button>
			<Button small kind="quiet" onClick={() => props.onCancel()}>
				Cancel
			</Button>
			<Show when={problem()}>
				<p class="field-note wrong" role="alert">
					{problem()}
				</p>
			</Show>
		</form>
	);
}
