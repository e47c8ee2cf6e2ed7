import { createSignal, onMount, Show } from "solid-js";

import { failureText } from "../api/failure-text.ts";
import { Button } from "./button.tsx";
import { checkText } from "./check-text.ts";
import { createForm } from "./form.ts";
import type { StoredText } from "./text-problem.ts";

/** Renames something in place. Enter saves, Escape cancels. */
export function RenameForm(props: {
	current: string;
	/** The field's name, as the server and the user know it. */
	field: "label" | "name";
	kind: StoredText;
	/** Gets the trimmed text, if it differs from `current`. */
	rename: (text: string) => Promise<void>;
	onCancel: () => void;
}) {
	const [text, setText] = createSignal(props.current);
	let input: HTMLInputElement | undefined;
	onMount(() => input?.select());
	const form = createForm({
		fields: [props.field],
		check: () => checkText(props.field, props.kind, text()),
		send: () => props.rename(text().trim()),
	});
	const problem = () => {
		const failure = form.failure();
		if (failure === undefined) return form.about(props.field);
		const { title, detail } = failureText(failure);
		return `${title}. ${detail}`;
	};

	return (
		<form
			class="rename"
			noValidate
			onSubmit={(event) => {
				if (text().trim() !== props.current) {
					form.onSubmit(event);
					return;
				}
				event.preventDefault();
				props.onCancel();
			}}
			onKeyDown={(event) => event.key === "Escape" && props.onCancel()}
		>
			<input
				type="text"
				ref={input}
				aria-label={`New ${props.field}`}
				aria-invalid={problem() !== undefined ? "true" : undefined}
				autocomplete="off"
				value={text()}
				onInput={(event) => setText(event.currentTarget.value)}
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
