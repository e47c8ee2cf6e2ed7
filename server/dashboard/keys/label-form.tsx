import Plus from "lucide-solid/icons/plus";
import { createSignal, Show } from "solid-js";

import type { CreatedKey } from "../../../shared/wire.ts";
import { type ApiError, asApiError } from "../api/api-error.ts";
import { createKeptText } from "../session/kept-text.ts";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { focusFirstWrong } from "../ui/focus-wrong.ts";
import { FailureNotice } from "../ui/notice.tsx";
import { awaitKey, isSomebodyHeld } from "./awaited-key.ts";
import { labelProblem } from "./label.ts";

interface LabelFormProps {
	class: string;
	/** What the label is to begin with, and again once a key has it. */
	suggested: string;
	placeholder?: string;
	/** False where there is a better way than this one. */
	primary: boolean;
	create: (label: string) => Promise<CreatedKey>;
	onCreated: (created: CreatedKey) => void;
}

/** `Label` and `Generate`: says beside the field what is wrong with the label, and below it what else went wrong. */
export function LabelForm(props: LabelFormProps) {
	const [label, setLabel] = createKeptText(props.suggested);
	const [wrong, setWrong] = createSignal<string>();
	const [error, setError] = createSignal<ApiError>();
	const [busy, setBusy] = createSignal(false);
	let form: HTMLFormElement | undefined;

	const generate = async () => {
		if (busy()) return;
		setError(undefined);
		setWrong(labelProblem(label()));
		if (wrong() !== undefined) {
			focusFirstWrong(form);
			return;
		}
		setBusy(true);
		try {
			props.onCreated(await awaitKey(props.create(label().trim())));
			setLabel(props.suggested);
		} catch (failure) {
			const refused = asApiError(failure);
			setWrong(refused.about("label"));
			if (wrong() === undefined) setError(refused);
			else focusFirstWrong(form);
		} finally {
			setBusy(false);
		}
	};

	return (
		<>
			<form
				class={props.class}
				ref={form}
				noValidate
				onSubmit={(event) => {
					event.preventDefault();
					void generate();
				}}
			>
				<Field
					label="Label"
					value={label()}
					onValue={(value) => {
						setLabel(value);
						setWrong(undefined);
					}}
					placeholder={props.placeholder}
					autocomplete="off"
					error={wrong()}
				/>
				<Button kind={props.primary ? "primary" : undefined} type="submit" icon={<Plus />} busy={busy()}>
					Generate
				</Button>
			</form>
			<Show when={isSomebodyHeld()}>
				<p class="muted">One moment: the new key is about to be shown here, and nowhere else.</p>
			</Show>
			<Show when={error()}>{(failure) => <FailureNotice error={failure()} onRetry={() => void generate()} />}</Show>
		</>
	);
}
