import { Show } from "solid-js";

import type { KeyDetails } from "../../../shared/wire.ts";
import { RotationStep } from "./rotation-step.tsx";
import type { RotationPath } from "./rotation-steps.ts";
import { servers } from "./servers-text.ts";
import { WaitingList } from "./waiting.tsx";

/** The fourth step: what still needs the old key. */
export function OldServersStep(props: { path: RotationPath; details: KeyDetails; current: number }) {
	/** Places to publish belong to the step before, until that is done. */
	const waitingFor = () => {
		const { waitingFor, next, isPublished } = props.path;
		const isShownBefore = next !== undefined && !isPublished;
		return isShownBefore ? waitingFor.filter(({ code }) => code !== "no_newer_version") : waitingFor;
	};
	return (
		<RotationStep number={4} current={props.current} done={props.path.isSafe} title={titleOf(props.path)}>
			<Show when={!props.path.isSafe} fallback={<p>{goneText(props.path)}</p>}>
				<Show when={waitingFor().length > 0} fallback={<p>They close when their players leave.</p>}>
					<WaitingList waitingFor={waitingFor()} details={props.details} silentMinutes={props.path.silentMinutes} />
				</Show>
			</Show>
		</RotationStep>
	);
}

function titleOf({ isSafe, isRevoked, waitingFor, next }: RotationPath): string {
	if (isSafe) return isRevoked ? "No server uses the old key" : "Old servers gone";
	const live = liveOf(waitingFor);
	if (live > 0) return `${servers(live)} still ${live === 1 ? "uses" : "use"} the old key`;
	return next === undefined ? "Old servers close" : "Checking that nothing needs the old key";
}

function liveOf(waitingFor: RotationPath["waitingFor"]): number {
	return waitingFor.reduce((sum, { code, servers }) => sum + (code === "in_use" ? servers : 0), 0);
}

function goneText({ isRevoked }: RotationPath): string {
	return isRevoked
		? "Anything that still sends the old key is refused."
		: "Nothing has used the old key for 30 minutes, and every place uses the new one.";
}
