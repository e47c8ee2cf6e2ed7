import { createMemo, Show } from "solid-js";

import type { Key } from "../../../shared/wire.ts";
import { now } from "../ui/clock.ts";
import { Ago } from "../ui/time.tsx";
import { liveness } from "./liveness.ts";

const WORDS = {
	live: "in use",
	superseded: "still in use, though a newer key is to take its place",
	idle: "not in use",
};

/** When a key was last used, and whether it seems to be in use. */
export function LastUsed(props: { key: Key }) {
	const alive = createMemo(() => liveness(props.key, now()));
	return (
		<span class="used">
			<span class={`dot ${alive()}`} role="img" aria-label={WORDS[alive()]} title={WORDS[alive()]} />
			<Show when={props.key.lastUsedAt} fallback="never">
				{(at) => <Ago at={at()} />}
			</Show>
		</span>
	);
}
