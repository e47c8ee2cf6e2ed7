import TriangleAlert from "lucide-solid/icons/triangle-alert";
import { Match, Show, Switch } from "solid-js";

import type { Pairing, PreviousKeyFate, Workspace } from "../../../shared/wire.ts";
import { Notice } from "../ui/notice.tsx";
import { Segmented } from "../ui/segmented.tsx";
import { Ago } from "../ui/time.tsx";
import { UnprovenKey } from "./unproven-key.tsx";

const CHOICES: { value: PreviousKeyFate; text: string }[] = [
	{ value: "keep", text: "Keep until I delete it" },
	{ value: "revoke", text: "Delete once the new one works" },
];

/** On reconnect: what to do with the key the place has now. */
export function PreviousKey(props: {
	previous: Pairing["previousKey"];
	/** Where the viewer may manage keys. */
	workspaces: Workspace[];
	fate: PreviousKeyFate;
	onFate: (fate: PreviousKeyFate) => void;
}) {
	return (
		<Switch
			fallback={
				<p class="small muted">
					The key in the place now is not in a workspace whose keys you manage. It keeps working until someone deletes
					it there.
				</p>
			}
		>
			<Match when={props.previous?.proven === false && props.previous}>
				{(previous) => <UnprovenKey previous={previous()} workspaces={props.workspaces} />}
			</Match>
			<Match when={props.previous}>
				{(previous) => (
					<div class="stack tight">
						<Segmented
							legend={
								<>
									The key in the place now: <bdi>{previous().label}</bdi>{" "}
									<span class="unbroken">…{previous().hint}</span>
								</>
							}
							options={CHOICES}
							value={props.fate}
							onValue={props.onFate}
						/>
						<div class="either">
							<p class="small muted" classList={{ off: props.fate === "revoke" }}>
								No downtime: running servers keep using it
								<Show when={previous().lastUsedAt}>
									{(at) => (
										<>
											, last used <Ago at={at()} />
										</>
									)}
								</Show>
								.
							</p>
							<div classList={{ off: props.fate === "keep" }}>
								<Notice kind="warn" icon={<TriangleAlert />}>
									For a leaked key. Running servers are refused from then on, until they run the next version you
									publish.
								</Notice>
							</div>
						</div>
					</div>
				)}
			</Match>
		</Switch>
	);
}
