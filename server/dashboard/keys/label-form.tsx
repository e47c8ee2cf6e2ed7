import Plus from "lucide-solid/icons/plus";
import { Show } from "solid-js";

import type { CreatedKey } from "../../../shared/wire.ts";
import { createKeptText } from "../session/kept-text.ts";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { createForm } from "../ui/form.ts";
import { FailureNotice } from "../ui/notice.tsx";
import { awaitKey, isSomebodyHeld } from "./awaited-key.ts";
import { checkLabel } from "./label.ts";

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
	const form = createForm({
		fields: ["label"],
		check: () => checkLabel(label()),
		send: async () => {
			props.onCreated(await awaitKey(props.create(label().trim())));
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
						form.mended("label");
					}}
					placeholder={props.placeholder}
					autocomplete="off"
					error={form.about("label")}
				/>
				<Button kind={props.primary ? "primary" : undefined} type="submit" icon={<Plus />} busy={form.busy()}>
					Generate
				</Button>
			</form>
			<Show when={isSomebodyHeld()}>
				<p class="muted">One moment: the new key is about to be shown here, and nowhere else.</p>
			</Show>
			<Show when={form.failure()}>{(failure) => <FailureNotice error={failure()} onRetry={form.retry} />}</Show>
		</>
	);
}
