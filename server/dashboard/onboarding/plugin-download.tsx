import Download from "lucide-solid/icons/download";
import { createEffect, createSignal, Match, onMount, Show, Switch } from "solid-js";

import { ROUTES } from "../../../shared/wire.ts";
import { asApiError } from "../api/api-error.ts";
import { pollWhileVisible } from "../ui/poll.ts";
import { isOlderPlugin, offeredPlugin, shortVersion, versionBeside } from "./plugin-version.ts";

/** `absent`: the server has no plugin to download. */
export type Readiness = "checking" | "ready" | "absent";

const RECHECK_MS = 30_000;
const FILE_NAME = "Auxvyn.rbxmx";
const NO_REASON = "There is no plugin to download.";

/** The plugin's download link with its version, or why there is none. Until that is known, the link, so that nothing moves. */
export function PluginDownload(props: {
	text?: string;
	/** The version that Studio runs, if it is known. */
	inStudio: string | undefined;
	onReadiness?: (readiness: Readiness) => void;
}) {
	const [readiness, setReadiness] = createSignal<Readiness>("checking");
	const [version, setVersion] = createSignal("");
	const [reason, setReason] = createSignal(NO_REASON);
	createEffect(() => props.onReadiness?.(readiness()));
	const isOlder = () => props.inStudio !== undefined && isOlderPlugin(props.inStudio, version());
	const check = async () => {
		if (readiness() === "ready") return "stop";
		try {
			setVersion(await offeredPlugin());
			setReadiness("ready");
		} catch (error) {
			const { kind, detail } = asApiError(error);
			// What has no reason is not the server's own answer.
			if (kind === "offline" || (kind === "server" && detail === undefined)) return undefined;
			setReason(detail ?? NO_REASON);
			setReadiness("absent");
		}
		return undefined;
	};
	onMount(() => void check());
	pollWhileVisible(RECHECK_MS, check);

	return (
		<div class="plugin-download" role="status">
			<Switch>
				<Match when={readiness() !== "absent"}>
					<a class="btn" href={ROUTES.plugin} download={FILE_NAME} rel="external">
						<Download />
						<span>{props.text ?? `Download ${FILE_NAME}`}</span>
					</a>
					<p class="muted small" classList={{ unseen: version() === "" }} title={version()}>
						<Show when={isOlder() && props.inStudio} fallback={`Plugin version ${shortVersion(version())}`}>
							{(inStudio) => (
								<>
									Studio runs an older plugin, version {versionBeside(inStudio(), version())}. This is version{" "}
									{versionBeside(version(), inStudio())}.
								</>
							)}
						</Show>
					</p>
				</Match>
				<Match when={true}>
					<span class="live">
						<span class="dot idle" />
						<span>{reason()}</span>
					</span>
				</Match>
			</Switch>
		</div>
	);
}
