import { createMemo, Show } from "solid-js";

import type { Key } from "../../../shared/wire.ts";
import { now } from "../ui/clock.ts";
import { Ago } from "../ui/time.tsx";
import { liveness } from "./liveness.ts";
import { usedAt } from "./used-at.ts";

const TEXTS = {
	live: "in use",
	superseded: "used lately, although a newer key replaces it",
	idle: "not in use",
};

/** When a key was last used, and whether it seems to be in use. */
export function LastUsed(props: { key: Key }) {
	const state = createMemo(() => liveness(props.key, now()));
	return (
		<span class="used">
			<span class={`dot ${state()}`} role="img" aria-label={TEXTS[state()]} title={TEXTS[state()]} />
			<Show when={usedAt(props.key)} fallback="never">
				{(at) => <Ago at={at()} />}
			</Show>
		</span>
	);
}
