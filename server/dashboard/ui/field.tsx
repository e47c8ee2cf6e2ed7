import { createUniqueId, type JSX, Show, splitProps } from "solid-js";

export interface FieldProps extends Omit<JSX.InputHTMLAttributes<HTMLInputElement>, "class" | "id" | "onInput"> {
	label: string;
	value: string;
	onValue: (value: string) => void;
	/** Shown under the field while there is no error. */
	hint?: string | undefined;
	error?: string | undefined;
	mono?: boolean;
	/** Shown inside the field, at its right end. */
	end?: JSX.Element;
}

/** A labelled text field with its error underneath, announced when it appears. */
export function Field(props: FieldProps) {
	const [own, rest] = splitProps(props, ["label", "value", "onValue", "hint", "error", "mono", "end"]);
	const id = createUniqueId();
	return (
		<div class="field">
			<label for={id}>{own.label}</label>
			<div class="field-control" classList={{ ended: own.end !== undefined }}>
				<input
					type="text"
					{...rest}
					id={id}
					classList={{ mono: own.mono === true }}
					value={own.value}
					onInput={(event) => own.onValue(event.currentTarget.value)}
					aria-invalid={own.error !== undefined ? "true" : undefined}
					aria-describedby={own.error !== undefined || own.hint !== undefined ? `${id}-note` : undefined}
				/>
				{own.end}
			</div>
			<Show
				when={own.error}
				fallback={
					<Show when={own.hint}>
						<p id={`${id}-note`} class="field-note">
							{own.hint}
						</p>
					</Show>
				}
			>
				<p id={`${id}-note`} class="field-note wrong" role="alert">
					{own.error}
				</p>
			</Show>
		</div>
	);
}
