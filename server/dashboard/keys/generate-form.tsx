import Plus from "lucide-solid/icons/plus";
import { createSignal, Show } from "solid-js";

import type { CreatedKey } from "../../../shared/wire.ts";
import { type ApiError, asApiError } from "../api/api-error.ts";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { focusFirstWrong } from "../ui/focus-wrong.ts";
import { FailureNotice } from "../ui/notice.tsx";
import { createKey } from "./keys-api.ts";
import { labelProblem } from "./label.ts";

/** `Label` and `Generate`. With `first`, one of two ways to a first key, and the lesser one. */
export function GenerateForm(props: { workspaceId: string; first: boolean; onCreated: (created: CreatedKey) => void }) {
	const [label, setLabel] = createSignal("");
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
			props.onCreated(await createKey(props.workspaceId, label().trim()));
			setLabel("");
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
		<section class="generate-section">
			<Show when={props.first}>
				<h2>Not using Studio? Generate a key by hand</h2>
			</Show>
			<form
				class="card generate"
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
					placeholder="Production, Dev, Staging…"
					autocomplete="off"
					error={wrong()}
				/>
				<Button kind={props.first ? undefined : "primary"} type="submit" icon={<Plus />} busy={busy()}>
					Generate
				</Button>
			</form>
			<Show when={error()}>{(failure) => <FailureNotice error={failure()} onRetry={() => void generate()} />}</Show>
		</section>
	);
}
