import { Show } from "solid-js";

import type { KeyDetails, VersionServers } from "../../../shared/wire.ts";
import { reachableByGames } from "../onboarding/reachable-by-games.ts";
import { RotationStep } from "./rotation-step.tsx";
import type { RotationPath } from "./rotation-steps.ts";
import { placeName } from "./server-rows.ts";
import { WaitingList } from "./waiting.tsx";

/** The third step: a game server sent the new key, on a later version of each place. */
export function PublishStep(props: { path: RotationPath; details: KeyDetails; current: number }) {
	const firstAt = () => props.path.next?.firstServerAt ?? undefined;
	const unpublished = () => props.path.waitingFor.filter(({ code }) => code === "no_newer_version");
	const isHalfDone = () => firstAt() !== undefined && !props.path.isPublished;
	const fromStudio = () => props.path.next?.origin === "studio";
	const waitText = () => {
		if (fromStudio()) return "Game servers started after that use the new key. The first one ticks this off.";
		return "A key in a Script takes effect once you publish; a secret, when a game server starts. The first server that uses the new key ticks this off.";
	};
	return (
		<RotationStep
			number={3}
			current={props.current}
			done={props.path.isPublished}
			title={titleOf(props.path)}
			at={firstAt()}
		>
			<Show when={!isHalfDone()} fallback={<PublishRest {...props} waitingFor={unpublished()} />}>
				<p>
					<Show when={props.path.isPublished} fallback={waitText()}>
						<FirstServer {...props} />
					</Show>
				</p>
			</Show>
			<Show when={!firstAt() && !reachableByGames(location.origin)}>
				<p>Published games cannot reach this address: the server needs a public https address (PUBLIC_URL).</p>
			</Show>
		</RotationStep>
	);
}

function PublishRest(props: { path: RotationPath; details: KeyDetails; waitingFor: RotationPath["waitingFor"] }) {
	return (
		<>
			<p>
				<FirstServer {...props} />
			</p>
			<WaitingList waitingFor={props.waitingFor} details={props.details} silentMinutes={0} />
		</>
	);
}

function FirstServer(props: { path: RotationPath; details: KeyDetails }) {
	const first = () => firstVersion(props.details);
	return (
		<Show when={first()} fallback="A game server has used the new key">
			{(version) => (
				<>
					First server on version {version().placeVersion} seen
					<Show when={isElsewhere(props.details)}>
						, in <bdi>{placeName(version().placeId, [props.details.key, props.details.replacement])}</bdi>
					</Show>
				</>
			)}
		</Show>
	);
}

function titleOf({ isPublished, next, waitingFor }: RotationPath): string {
	const isSame = waitingFor.some(({ code }) => code === "same_version");
	if (isPublished) return isSame ? "New key in use, without a new version" : "Published";
	return (next?.firstServerAt ?? null) === null ? "Publish the place" : "Publish the remaining places";
}

/** The version that the new key was first seen on, unless its first server is gone. */
function firstVersion({ replacement, rotation }: KeyDetails): VersionServers | undefined {
	return rotation?.servers.versions.find(({ firstSeenAt }) => firstSeenAt === replacement?.firstServerAt);
}

function isElsewhere({ servers, rotation }: KeyDetails): boolean {
	const placeIds = [...servers.versions, ...(rotation?.servers.versions ?? [])].map(({ placeId }) => placeId);
	return new Set(placeIds).size > 1;
}
