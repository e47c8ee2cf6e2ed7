import { Show } from "solid-js";

import type { Key } from "../../../shared/wire.ts";
import { usedAt } from "../keys/used-at.ts";
import { Ago } from "../ui/time.tsx";

/** "5 minutes ago", "2 days ago, by the plugin", "never" */
export function LastUse(props: { key: Key }) {
	return (
		<Show when={usedAt(props.key)} fallback="never">
			{(at) => (
				<>
					<Ago at={at()} />
					{userOf(props.key, at())}
				</>
			)}
		</Show>
	);
}

/** What used the key at that time, unless it was the game. */
function userOf({ lastUsedAt, studio }: Key, at: string): string {
	if (at === lastUsedAt) return "";
	return at === studio.lastUsedAt ? ", in a playtest" : ", by the plugin";
}
