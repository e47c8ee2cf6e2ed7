import { createResource, Show } from "solid-js";

import { ROUTES } from "../../../shared/wire.ts";
import { isOlderPlugin, offeredPlugin } from "../onboarding/plugin-version.ts";

/** The version that Studio runs, and if it is older than this server's, where that is. */
export function PluginInStudio(props: { version: string }) {
	// Without it the version alone will do.
	const [offered] = createResource(() => offeredPlugin().catch(() => ""));
	return (
		<>
			<span class="mono">{props.version}</span>
			<Show when={isOlderPlugin(props.version, offered() ?? "")}>
				, older than this server’s (
				<a href={ROUTES.plugin} download="Auxvyn.rbxmx" rel="external">
					download {offered()}
				</a>
				)
			</Show>
		</>
	);
}
