import { createSignal, type JSX, onCleanup, Show } from "solid-js";

const PATIENCE_MS = 200;

/** Shows what it holds only once waiting has become noticeable: no flicker where the answer is quick. */
export function Late(props: { children: JSX.Element }) {
	const [late, setLate] = createSignal(false);
	const timer = setTimeout(() => setLate(true), PATIENCE_MS);
	onCleanup(() => clearTimeout(timer));
	return <Show when={late()}>{props.children}</Show>;
}
