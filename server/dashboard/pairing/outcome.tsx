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
import type { Ending, EndingIcon } from "./ending.ts";

const ICONS: Record<EndingIcon, (props: object) => JSX.Element> = {
	done: CircleCheck,
	working: LoaderCircle,
	denied: Ban,
	expired: Clock,
	claimed: Lock,
	unknown: CircleHelp,
	trouble: TriangleAlert,
};

/** How a pairing ended, or where it stands, with the way on. */
export function Outcome(props: {
	ending: Ending;
	onAnotherCode: () => void;
	onRetry: () => void;
	children?: JSX.Element;
}) {
	let heading: HTMLHeadingElement | undefined;
	focusHeading(
		() => heading,
		() => props.ending.title,
	);
	return (
		<section class="card outcome" role="status">
			<span class={`outcome-icon ${props.ending.tone}`} classList={{ spin: props.ending.icon === "working" }}>
				<Dynamic component={ICONS[props.ending.icon]} />
			</span>
			<h1 ref={heading} tabindex="-1">
				{props.ending.title}
			</h1>
			<p class="muted">{props.ending.detail}</p>
			<Show when={props.ending.wait}>{(wait) => <Countdown error={wait().error} seconds={wait().seconds} />}</Show>
			{props.children}
			<div class="outcome-actions">
				<Show when={props.ending.ways.includes("retry")}>
					<Button onClick={() => props.onRetry()}>Try again</Button>
				</Show>
				<Show when={props.ending.ways.includes("another-code")}>
					<Button onClick={() => props.onAnotherCode()}>Enter another code</Button>
				</Show>
				<Show when={props.ending.ways.includes("keys")}>
					<A class="btn primary" href="/">
						See your keys
					</A>
				</Show>
			</div>
			<Show when={props.ending.ways.includes("delete")}>
				<p class="small muted outcome-note">
					Was it not you?{" "}
					<A class="unbroken" href="/">
						Delete this key
					</A>
					: it stops working at once.
				</p>
			</Show>
		</section>
	);
}
