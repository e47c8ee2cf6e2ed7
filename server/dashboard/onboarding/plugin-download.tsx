import Download from "lucide-solid/icons/download";
import { createEffect, createSignal, Match, onMount, Switch } from "solid-js";

import { ROUTES } from "../../../shared/wire.ts";
import { asApiError } from "../api/api-error.ts";
import { probe } from "../api/client.ts";
import { pollWhileVisible } from "../ui/poll.ts";

/** `absent`: there is no plugin, and none is being built. */
export type Readiness = "checking" | "ready" | "building" | "absent";

const RECHECK_MS = 3000;
/** A failed build needs someone to fix it. */
const RECHECK_ABSENT_MS = 30_000;
const FILE_NAME = "Auxvyn.rbxmx";
const NO_REASON = "There is no plugin to download. Run npm run build:plugin on the server.";

/** The plugin's download link, or why there is none yet. Turns into the link by itself. */
export function PluginDownload(props: { text?: string; onReadiness?: (readiness: Readiness) => void }) {
	const [readiness, setReadiness] = createSignal<Readiness>("checking");
	const [reason, setReason] = createSignal(NO_REASON);
	createEffect(() => props.onReadiness?.(readiness()));
	let checkedAt = 0;
	const check = async () => {
		if (readiness() === "absent" && Date.now() - checkedAt < RECHECK_ABSENT_MS) return undefined;
		checkedAt = Date.now();
		try {
			await probe(ROUTES.plugin);
			setReadiness("ready");
			return "stop";
		} catch (error) {
			const { kind, code, detail } = asApiError(error);
			setReason(detail ?? NO_REASON);
			if (kind !== "offline") setReadiness(code === "plugin_building" ? "building" : "absent");
			return undefined;
		}
	};
	onMount(() => void check());
	pollWhileVisible(RECHECK_MS, check);

	return (
		<div class="plugin-download" role="status">
			<Switch>
				<Match when={readiness() === "ready"}>
					<a class="btn" href={ROUTES.plugin} download={FILE_NAME} rel="external">
						<Download />
						<span>{props.text ?? FILE_NAME}</span>
					</a>
				</Match>
				<Match when={readiness() === "building"}>
					<span class="live">
						<span class="dot superseded" />
						<span>The server is building {props.text === undefined ? "it" : "the Studio plugin"}…</span>
					</span>
				</Match>
				<Match when={readiness() === "absent"}>
					<span class="live">
						<span class="dot idle" />
						<span>{reason()}</span>
					</span>
				</Match>
			</Switch>
		</div>
	);
}
