import { createSignal, onCleanup, onMount, Show } from "solid-js";

import type { Key } from "../../../shared/wire.ts";
import { asApiError } from "../api/api-error.ts";
import { failureText } from "../api/failure-text.ts";
import { announce } from "../ui/announce.tsx";
import { Button } from "../ui/button.tsx";
import { checkText } from "../ui/check-text.ts";
import { renameKey } from "./keys-api.ts";

/** Renames a key in place. Enter saves, Escape cancels. */
export function RenameForm(props: {
	workspaceId: string;
	key: Key;
	onRenamed: (key: Key) => void;
	onCancel: () => void;
}) {
	const [label, setLabel] = createSignal(props.key.label);
	const [problem, setProblem] = createSignal<string>();
	const [busy, setBusy] = createSignal(false);
	let input: HTMLInputElement | undefined;
	let gone = false;
	onCleanup(() => (gone = true));
	onMount(() => input?.select());

	const save = async () => {
		if (busy()) return;
		if (label().trim() === props.key.label) {
			props.onCancel();
			return;
		}
		setBusy(true);
		setProblem((await checkText("label", "label", label()))?.message);
		if (gone) return;
		if (problem() !== undefined) {
			setBusy(false);
			input?.focus();
			return;
		}
		try {
			const renamed = await renameKey(props.workspaceId, props.key.id, label().trim());
			announce(`Renamed to ${renamed.label}.`);
			props.onRenamed(renamed);
		} catch (failure) {
			const error = asApiError(failure);
			const text = failureText(error);
			setProblem(error.about("label") ?? `${text.title}. ${text.detail}`);
			setBusy(false);
			input?.focus();
		}
	};

	return (
		<form
			class="rename"
			noValidate
			onSubmit={(event) => {
				event.preventDefault();
				void save();
			}}
			onKeyDown={(event) => event.key === "Escape" && props.onCancel()}
		>
			<input
				type="text"
				ref={input}
				aria-label="New label"
				aria-invalid={problem() !== undefined ? "true" : undefined}
				autocomplete="off"
				value={label()}
				onInput={(event) => setLabel(event.currentTarget.value)}
			/>
			<Button small type="submit" busy={busy()}>
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
