import { type JSX, onMount } from "solid-js";

/** A heading that takes the focus when it replaces other content on the page. */
export function FocusedHeading(props: { children: JSX.Element }) {
	let heading: HTMLHeadingElement | undefined;
	onMount(() => heading?.focus());
	return (
		<h1 ref={heading} tabIndex={-1}>
			{props.children}
		</h1>
	);
}
