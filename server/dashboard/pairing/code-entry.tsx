import { createSignal } from "solid-js";

import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { focusFirstInvalid } from "../ui/focus-invalid.ts";
import { readUserCode, userCodeProblem } from "./user-code.ts";

/** A form for the user code, in any case and with any dashes. */
export function CodeEntry(props: {
	onCode: (code: string) => void;
	autofocus?: boolean;
	initial?: string | undefined;
}) {
	const [typed, setTyped] = createSignal(props.initial ?? "");
	const [problem, setProblem] = createSignal<string>();
	let form: HTMLFormElement | undefined;
	const submit = (event: SubmitEvent) => {
		event.preventDefault();
		setProblem(userCodeProblem(typed()));
		const code = readUserCode(typed());
		if (code !== undefined) props.onCode(code);
		else focusFirstInvalid(form);
	};
	return (
		<form class="code-entry" ref={form} onSubmit={submit} noValidate>
			<Field
				label="Code"
				mono
				value={typed()}
				onValue={(value) => {
					setTyped(value);
					setProblem(undefined);
				}}
				placeholder="XXXX-XXXX"
				autocomplete="off"
				autocapitalize="characters"
				spellcheck={false}
				autofocus={props.autofocus}
				error={problem()}
			/>
			<Button kind="primary" type="submit">
				Continue
			</Button>
		</form>
	);
}
