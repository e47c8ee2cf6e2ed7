import { A } from "@solidjs/router";
import { Show } from "solid-js";

import { displayHint } from "../../../shared/key-format.ts";
import type { Key, KeyDetails } from "../../../shared/wire.ts";
import { number } from "../ui/format.ts";
import { Ago } from "../ui/time.tsx";
import { usedAt } from "./used-at.ts";

/** More versions than these are not listed. */
const VERSIONS_SHOWN = 4;

/** What deleting a key would stop, in numbers. */
export function RevocationImpact(props: {
	workspaceId: string;
	key: Key;
	/** Undefined while they load. */
	details: KeyDetails | undefined;
	onRotate: () => void;
}) {
	const inStudio = () => props.key.studio.requests24h + props.key.plugin.requests24h;
	return (
		<>
			<p>
				<span class="mono">{displayHint(props.key.hint)}</span>{" "}
				<Show when={usedAt(props.key)} fallback="has never been used.">
					{(at) => (
						<>
							was last used{" "}
							<strong>
								<Ago at={at()} />
							</strong>
							: <strong>{requests(props.key.requests1h)} in the last hour</strong>, {number(props.key.requests24h)} in
							24 hours
							<Show when={inStudio()}>{(count) => <>, {number(count())} more from Studio</>}</Show>.
						</>
					)}
				</Show>
			</p>
			<LiveServers key={props.key} details={props.details} />
			<p>
				It stops working at once and stays in the list as revoked.{" "}
				{usedAt(props.key) === undefined
					? "Anything that sends it after that is refused."
					: "Anything that still sends it is refused, including running game servers."}{" "}
				This cannot be undone.
			</p>
			<Show when={props.key.requests1h > 0 && props.key.retirement === null && !isSafe(props.details)}>
				<p>
					To change keys without interruption,{" "}
					<A href={`/workspaces/${props.workspaceId}/keys/${props.key.id}#rotate`} onClick={() => props.onRotate()}>
						{props.key.replacedBy === null ? "rotate it" : "retire it"}
					</A>{" "}
					instead.
				</p>
			</Show>
		</>
	);
}

/** The game servers that are cut off. Takes its line from the start, so that nothing moves when the versions are known. */
function LiveServers(props: { key: Key; details: KeyDetails | undefined }) {
	const live = () => props.details?.servers.live ?? props.key.liveServers;
	return (
		<Show when={props.key.lastServerAt !== null}>
			<p class="num-text">
				<Show
					when={live() > 0}
					fallback={`No game server is using it${isSafe(props.details) ? ", and none needs it any more" : ""}.`}
				>
					<strong>This cuts off {live() === 1 ? "1 live game server" : `${number(live())} live game servers`}</strong>
					{versionsText(props.details)}.
				</Show>
			</p>
		</Show>
	);
}

/** ": 2 on version 41, 1 on version 40" */
function versionsText(details: KeyDetails | undefined): string {
	const live = details?.servers.versions.filter((version) => version.live > 0) ?? [];
	const [first] = live;
	if (first === undefined) return "";
	if (live.length === 1) return ` on version ${first.placeVersion}`;
	const isOnePlace = live.every(({ placeId }) => placeId === first.placeId);
	const texts = live
		.slice(0, VERSIONS_SHOWN)
		.map(
			({ live, placeId, placeVersion }) =>
				`${number(live)} on version ${placeVersion}${isOnePlace ? "" : ` of place ${placeId}`}`,
		);
	return `: ${texts.join(", ")}${live.length > VERSIONS_SHOWN ? ", and more on others" : ""}`;
}

/** It is being replaced, and no server needs it. */
function isSafe(details: KeyDetails | undefined): boolean {
	return details?.rotation?.waitingFor.length === 0;
}

/** Shown if the key is already revoked. */
export function AlreadyRevoked(props: { key: Key }) {
	return (
		<p role="alert">
			The key “<bdi>{props.key.label}</bdi>” <span class="mono">{displayHint(props.key.hint)}</span> stopped working{" "}
			<Show when={props.key.revokedAt}>{(at) => <Ago at={at()} />}</Show>. Anything that still sends it is refused.
		</p>
	);
}

function requests(count: number): string {
	return count === 1 ? "1 request" : `${count === 0 ? "no" : number(count)} requests`;
}
