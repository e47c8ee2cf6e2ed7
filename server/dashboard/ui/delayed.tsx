import { createSignal, type JSX, onCleanup, Show } from "solid-js";

const DELAY_MS = 200;

/** Renders its children after a short delay, so that quick responses do not flicker. */
export function Delayed(props: { children: JSX.Element }) {
	const [shown, setShown] = createSignal(false);
	const timer = setTimeout(() => setShown(true), DELAY_MS);
	onCleanup(() => clearTimeout(timer));
	return <Show when={shown()}>{props.children}</Show>;
}
