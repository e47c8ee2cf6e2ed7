import Check from "lucide-solid/icons/check";
import { type JSX, Show } from "solid-js";

import { ShortTimestamp } from "./timestamp.tsx";

/** One step: a tick or its number, what it is, and when it was done. */
export function RotationStep(props: {
	number: number;
	/** The number of the first step not done. */
	current: number;
	done: boolean;
	title: string;
	at?: string | null | undefined;
	children: JSX.Element;
}) {
	return (
		<li
			class="rotation-step"
			classList={{ done: props.done, now: props.current === props.number }}
			aria-current={props.current === props.number ? "step" : undefined}
		>
			<i>
				<Show when={props.done} fallback={<span aria-hidden="true">{props.number}</span>}>
					<Check role="img" aria-label="Done" />
				</Show>
			</i>
			<div class="rotation-text">
				<h3>{props.title}</h3>
				{props.children}
			</div>
			<Show when={props.done && props.at}>
				{(at) => (
					<span class="rotation-at num">
						<ShortTimestamp at={at()} />
					</span>
				)}
			</Show>
		</li>
	);
}
