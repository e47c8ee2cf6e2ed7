import { For } from "solid-js";

/** A user code as large as Studio shows it. */
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
