import Plus from "lucide-solid/icons/plus";
import { Show } from "solid-js";

import type { CreatedKey } from "../../../shared/wire.ts";
import { createDraft } from "../session/draft.ts";
import { Button } from "../ui/button.tsx";
import { checkText } from "../ui/check-text.ts";
import { Field } from "../ui/field.tsx";
import { createForm } from "../ui/form.ts";
import { FailureNotice } from "../ui/notice.tsx";
import { isLeavingBlocked, trackPendingKey } from "./pending-key.ts";

interface LabelFormProps {
	class: string;
	/** The initial label, restored once a key was created with it. */
	suggested: string;
	placeholder?: string;
	/** False if another way is recommended. */
	primary: boolean;
	create: (label: string) => Promise<CreatedKey>;
	onCreated: (created: CreatedKey) => void;
}

/** A label field with a Generate button. Label problems show at the field, other failures below it. */
export function LabelForm(props: LabelFormProps) {
	const [label, setLabel] = createDraft(props.suggested);
	const form = createForm({
		fields: ["label"],
		check: () => checkText("label", "label", label()),
		send: async () => {
			props.onCreated(await trackPendingKey(props.create(label().trim())));
			setLabel(props.suggested);
		},
	});

	return (
		<>
			<form class={props.class} noValidate onSubmit={form.onSubmit}>
				<Field
					label="Label"
					value={label()}
					onValue={(value) => {
						setLabel(value);
						form.clearProblem("label");
					}}
					placeholder={props.placeholder}
					autocomplete="off"
					error={form.about("label")}
				/>
				<Button kind={props.primary ? "primary" : undefined} type="submit" icon={<Plus />} busy={form.busy()}>
					Generate
				</Button>
			</form>
			<Show when={isLeavingBlocked()}>
				<p class="muted">Please wait: the new key is about to be shown here, and nowhere else.</p>
			</Show>
			<Show when={form.failure()}>{(failure) => <FailureNotice error={failure()} onRetry={form.retry} />}</Show>
		</>
	);
}
