import Check from "lucide-solid/icons/check";
import { createUniqueId, type JSX, Show } from "solid-js";

import { Button } from "../ui/button.tsx";

/** A titled section of the account page. */
export function Section(props: { title: string; lead?: JSX.Element; children: JSX.Element }) {
	const id = createUniqueId();
	return (
		<section class="card pad account-section" aria-labelledby={id}>
			<h2 id={id}>{props.title}</h2>
			<Show when={props.lead}>
				<p class="lead">{props.lead}</p>
			</Show>
			{props.children}
		</section>
	);
}

/** A submit button with a confirmation next to it. */
export function SaveLine(props: { text: string; busy: boolean; saved: string | undefined }) {
	return (
		<div class="save-line">
			<Button type="submit" busy={props.busy}>
				{props.text}
			</Button>
			<Show when={props.saved}>
				<span class="saved">
					<Check />
					{props.saved}
				</span>
			</Show>
		</div>
	);
}
