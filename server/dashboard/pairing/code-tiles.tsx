import { For } from "solid-js";

/** A code as large as in Studio. */
export function CodeTiles(props: { code: string }) {
	return (
		<p class="code">
			<span class="sr-only">{props.code}</span>
			<For each={[...props.code]}>
				{(character) => (character === "-" ? <em aria-hidden="true">–</em> : <b aria-hidden="true">{character}</b>)}
			</For>
		</p>
	);
}
