import { createUniqueId, type JSX, Show } from "solid-js";

/** A titled section of the settings: what it is about, beside what can be done. */
export function Section(props: { title: string; headingId?: string; lead?: JSX.Element; children: JSX.Element }) {
	const ownId = createUniqueId();
	const id = () => props.headingId ?? ownId;
	return (
		<section class="settings-section" aria-labelledby={id()}>
			<div>
				<h2 id={id()} tabindex={props.headingId === undefined ? undefined : "-1"}>
					{props.title}
				</h2>
				<Show when={props.lead}>
					<p class="lead">{props.lead}</p>
				</Show>
			</div>
			<div class="settings-cards">{props.children}</div>
		</section>
	);
}
