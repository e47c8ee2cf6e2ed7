import { createResource, Show } from "solid-js";

import { ROUTES } from "../../../shared/wire.ts";
import { isOlderPlugin, offeredPlugin, versionBeside } from "../onboarding/plugin-version.ts";

/** The version that Studio runs, and if it is older than this server's, where that is. */
export function PluginInStudio(props: { version: string }) {
	// Without it the version alone will do.
	const [offered] = createResource(() => offeredPlugin().catch(() => ""));
	const current = () => offered() ?? "";
	return (
		<>
			<span class="mono" title={props.version}>
				{versionBeside(props.version, current())}
			</span>
			<Show when={isOlderPlugin(props.version, current())}>
				, older than this server’s (
				<a href={ROUTES.plugin} download="Auxvyn.rbxmx" rel="external" title={current()}>
					download {versionBeside(current(), props.version)}
				</a>
				)
			</Show>
		</>
	);
}
