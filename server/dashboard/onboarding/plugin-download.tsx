import Download from "lucide-solid/icons/download";
import { createSignal, Match, onMount, Switch } from "solid-js";

import { ROUTES } from "../../../shared/wire.ts";
import { asApiError } from "../api/api-error.ts";
import { probe } from "../api/client.ts";
import { repeatWhileVisible } from "../ui/repeat.ts";

type Readiness = "asking" | "ready" | "building" | "absent";

const RECHECK_MS = 3000;
const FILE_NAME = "Auxvyn.rbxmx";

/** The plugin's download, or that it is still being built: it turns into the download by itself. */
export function PluginDownload() {
	const [readiness, setReadiness] = createSignal<Readiness>("asking");
	const check = async () => {
		try {
			await probe(ROUTES.plugin);
			setReadiness("ready");
			return "stop";
		} catch (error) {
			const { kind, code } = asApiError(error);
			if (kind !== "offline") setReadiness(code === "plugin_building" ? "building" : "absent");
			return undefined;
		}
	};
	onMount(() => void check());
	repeatWhileVisible(RECHECK_MS, check);

	return (
		<div class="step-end" role="status">
			<Switch>
				<Match when={readiness() === "ready"}>
					<a class="btn" href={ROUTES.plugin} download={FILE_NAME} rel="external">
						<Download />
						<span>{FILE_NAME}</span>
					</a>
				</Match>
				<Match when={readiness() === "building"}>
					<span class="live">
						<span class="dot superseded" />
						The server is building it…
					</span>
				</Match>
				<Match when={readiness() === "absent"}>
					<span class="live">
						<span class="dot idle" />
						Not built on this server: npm run build:plugin
					</span>
				</Match>
			</Switch>
		</div>
	);
}
