import { type JSX, onMount } from "solid-js";

/** The heading of what has just come in another's place on the same page: whoever was at its button goes on here. */
export function Turn(props: { children: JSX.Element }) {
	let heading: HTMLHeadingElement | undefined;
	onMount(() => heading?.focus());
	return (
		<h1 ref={heading} tabIndex={-1}>
			{props.children}
		</h1>
	);
}
