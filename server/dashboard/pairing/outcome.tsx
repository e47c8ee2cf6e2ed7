import { A } from "@solidjs/router";
import Ban from "lucide-solid/icons/ban";
import CircleCheck from "lucide-solid/icons/circle-check";
import CircleHelp from "lucide-solid/icons/circle-question-mark";
import Clock from "lucide-solid/icons/clock";
import LoaderCircle from "lucide-solid/icons/loader-circle";
import Lock from "lucide-solid/icons/lock";
import TriangleAlert from "lucide-solid/icons/triangle-alert";
import { type JSX, Show } from "solid-js";
import { Dynamic } from "solid-js/web";

import { Button } from "../ui/button.tsx";
import { Countdown } from "../ui/countdown.tsx";
import { focusHeading } from "../ui/focus-heading.ts";
import type { OutcomeIcon, PairingOutcome } from "./outcomes.ts";

const ICONS: Record<OutcomeIcon, (props: object) => JSX.Element> = {
	done: CircleCheck,
	working: LoaderCircle,
	denied: Ban,
	expired: Clock,
	claimed: Lock,
	unknown: CircleHelp,
	trouble: TriangleAlert,
};

/** The outcome or progress of a pairing, with what to do next. */
export function Outcome(props: {
	outcome: PairingOutcome;
	onAnotherCode: () => void;
	onRetry: () => void;
	children?: JSX.Element;
}) {
	let heading: HTMLHeadingElement | undefined;
	focusHeading(
		() => heading,
		() => props.outcome.title,
	);
	return (
		<section class="card outcome" role="status">
			<span class={`outcome-icon ${props.outcome.tone}`} classList={{ spin: props.outcome.icon === "working" }}>
				<Dynamic component={ICONS[props.outcome.icon]} />
			</span>
			<h1 ref={heading} tabindex="-1">
				{props.outcome.title}
			</h1>
			<p class="muted">{props.outcome.detail}</p>
			<Show when={props.outcome.wait}>{(wait) => <Countdown error={wait().error} seconds={wait().seconds} />}</Show>
			{props.children}
			<div class="outcome-actions">
				<Show when={props.outcome.actions.includes("retry")}>
					<Button onClick={() => props.onRetry()}>Try again</Button>
				</Show>
				<Show when={props.outcome.actions.includes("another-code")}>
					<Button onClick={() => props.onAnotherCode()}>Enter another code</Button>
				</Show>
				<Show when={props.outcome.actions.includes("keys")}>
					<A class="btn primary" href="/">
						See your keys
					</A>
				</Show>
			</div>
			<Show when={props.outcome.actions.includes("delete")}>
				<p class="small muted outcome-note">
					Not you?{" "}
					<A class="unbroken" href="/">
						Delete this key
					</A>
					: it stops working at once.
				</p>
			</Show>
		</section>
	);
}
