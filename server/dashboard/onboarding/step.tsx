import Check from "lucide-solid/icons/check";
import { type JSX, Show } from "solid-js";

export type StepState = "done" | "now" | "later";

/** One of the first steps, with its state on the right. */
export function Step(props: {
	number: number;
	state: StepState;
	title: string;
	/** What to do. */
	children?: JSX.Element;
	end?: JSX.Element;
}) {
	return (
		<li class="step" classList={{ [props.state]: true }} aria-current={props.state === "now" ? "step" : undefined}>
			<i aria-hidden="true">
				<Show when={props.state === "done"} fallback={props.number}>
					<Check />
				</Show>
			</i>
			<div>
				<h2>
					{props.title}
					<Show when={props.state === "done"}>
						<span class="sr-only">, done</span>
					</Show>
				</h2>
				{props.children}
			</div>
			<div class="step-end">{props.end}</div>
		</li>
	);
}
