import { createUniqueId, For, type JSX } from "solid-js";

/** Radio buttons drawn as a segmented control. */
export function Segmented<T extends string>(props: {
	legend: JSX.Element;
	hideLegend?: boolean;
	options: { value: T; text: string }[];
	value: T;
	onValue: (value: T) => void;
}) {
	const name = createUniqueId();
	return (
		<fieldset class="seg-field">
			<legend classList={{ "sr-only": props.hideLegend === true }}>{props.legend}</legend>
			<div class="seg">
				<For each={props.options}>
					{(option) => (
						<label>
							<input
								type="radio"
								name={name}
								value={option.value}
								checked={props.value === option.value}
								onChange={() => props.onValue(option.value)}
							/>
							<span>{option.text}</span>
						</label>
					)}
				</For>
			</div>
		</fieldset>
	);
}
