import Plus from "lucide-solid/icons/plus";
import { createSignal, Show } from "solid-js";

import type { CreatedKey, Key } from "../../../shared/wire.ts";
import { type ApiError, asApiError } from "../api/api-error.ts";
import { labelProblem } from "../keys/label.ts";
import { datedLabel } from "../pairing/label-for.ts";
import { Button } from "../ui/button.tsx";
import { now } from "../ui/clock.ts";
import { Field } from "../ui/field.tsx";
import { focusFirstWrong } from "../ui/focus-wrong.ts";
import { FailureNotice } from "../ui/notice.tsx";
import { createReplacement } from "./key-page-api.ts";
import { RotationStep } from "./rotation-step.tsx";

interface NewKeyProps {
	workspaceId: string;
	old: Key;
	onCreated: (created: CreatedKey) => void;
}

/** The first step while it is open: generate a key here, or reconnect in Studio, which ticks it as well. */
export function NewKeyStep(props: NewKeyProps) {
	return (
		<RotationStep number={1} current={1} done={false} title="Generate a new key">
			<Show
				when={props.old.origin === "studio"}
				fallback={
					<>
						<Generate {...props} />
						<p>
							Or connect the place in Studio: Plugins › Auxvyn › Connect puts a key into it without copying. Then this
							key is yours to delete.
						</p>
					</>
				}
			>
				<p>
					In Studio, open <bdi>{props.old.place?.name ?? "the place"}</bdi>, then Plugins › Auxvyn › Reconnect, and
					choose to keep the old key. The plugin puts the new one into the script, and this ticks itself.
				</p>
				<p>Or generate it here, and put it into the script by hand:</p>
				<Generate {...props} />
			</Show>
		</RotationStep>
	);
}

function Generate(props: NewKeyProps) {
	const [label, setLabel] = createSignal(datedLabel(props.old.label, now()));
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
			props.onCreated(await createReplacement(props.workspaceId, label().trim(), props.old.id));
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
				class="new-key"
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
					autocomplete="off"
					error={wrong()}
				/>
				<Button
					kind={props.old.origin === "studio" ? undefined : "primary"}
					type="submit"
					icon={<Plus />}
					busy={busy()}
				>
					Generate
				</Button>
			</form>
			<Show when={error()}>{(failure) => <FailureNotice error={failure()} onRetry={() => void generate()} />}</Show>
		</>
	);
}
