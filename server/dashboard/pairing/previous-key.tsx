import TriangleAlert from "lucide-solid/icons/triangle-alert";
import { Match, Show, Switch } from "solid-js";

import type { Pairing, PreviousKeyFate, Workspace } from "../../../shared/wire.ts";
import { Notice } from "../ui/notice.tsx";
import { Segmented } from "../ui/segmented.tsx";
import { Ago } from "../ui/time.tsx";
import { UnprovenKey } from "./unproven-key.tsx";

const CHOICES: { value: PreviousKeyFate; text: string }[] = [
	{ value: "keep", text: "Keep" },
	{ value: "retire", text: "Retire when unused" },
	{ value: "revoke", text: "Revoke" },
];

/** Where game servers have the old key, the way on without downtime; a key that is only reported can only be kept. */
export function suggestedFate(previous: Pairing["previousKey"]): PreviousKeyFate {
	return previous?.proven && previous.lastServerAt !== null ? "retire" : "keep";
}

/** On reconnect: what to do with the key the place has now. */
export function PreviousKey(props: {
	previous: Pairing["previousKey"];
	/** Where the viewer may manage keys. */
	workspaces: Workspace[];
	/** It is not in the workspace that gets the new key. */
	isElsewhere: boolean;
	fate: PreviousKeyFate;
	onFate: (fate: PreviousKeyFate) => void;
}) {
	return (
		<Switch
			fallback={
				<p class="small muted">
					The place's current key is not in a workspace whose keys you manage. It keeps working until someone deletes it
					there.
				</p>
			}
		>
			<Match when={props.previous?.proven === false && props.previous}>
				{(previous) => <UnprovenKey previous={previous()} workspaces={props.workspaces} />}
			</Match>
			<Match when={props.isElsewhere}>
				<p class="small muted">
					The place's current key is in a different workspace from the new one, so nothing happens to it. Once the new
					key works, delete the old one there.
				</p>
			</Match>
			<Match when={props.previous}>
				{(previous) => (
					<div class="stack tight">
						<Segmented
							legend={
								<>
									The place's current key: <bdi>{previous().label}</bdi>{" "}
									<span class="unbroken">…{previous().hint}</span>
								</>
							}
							options={CHOICES}
							value={props.fate}
							onValue={props.onFate}
						/>
						<p class="small muted">
							<Show when={previous().lastServerAt} fallback={<UseOf previous={previous()} />}>
								{(at) => (
									<>
										A game server last used it <Ago at={at()} />.
									</>
								)}
							</Show>
						</p>
						<div class="either">
							<p class="small muted" classList={{ off: props.fate !== "keep" }}>
								It keeps working alongside the new key until you retire or delete it.
							</p>
							<p class="small muted" classList={{ off: props.fate !== "retire" }}>
								No downtime: it keeps working, and is revoked automatically once every place that used it has been
								published with the new key and nothing has used it for 30 minutes. Until then, you can still keep it.
							</p>
							<div classList={{ off: props.fate !== "revoke" }}>
								<Notice kind="warn" icon={<TriangleAlert />}>
									For a leaked key. As soon as the new key is in the place, running servers are refused: publish, then
									restart them.
								</Notice>
							</div>
						</div>
					</div>
				)}
			</Match>
		</Switch>
	);
}

function UseOf(props: { previous: NonNullable<Pairing["previousKey"]> }) {
	return (
		<>
			No game server has used it
			<Show when={props.previous.lastUsedAt}>
				{(at) => (
					<>
						; something else did <Ago at={at()} />
					</>
				)}
			</Show>
			.
		</>
	);
}
