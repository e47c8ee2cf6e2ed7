import { Show } from "solid-js";

import type { Key } from "../../../shared/wire.ts";
import { revokedVerb } from "../keys/revoked-text.ts";
import { Button } from "../ui/button.tsx";
import { now } from "../ui/clock.ts";
import { number } from "../ui/format.ts";
import { LastUse } from "./last-use.tsx";
import { RotationStep } from "./rotation-step.tsx";
import { isQuietInGames, isUsed, type Rotation } from "./rotation-steps.ts";

/** The last step: says whether anything would stop, and suggests waiting while something would. */
export function DeleteStep(props: {
	rotation: Rotation;
	current: number;
	manages: boolean;
	onDelete: (key: Key) => void;
}) {
	const old = () => props.rotation.old;
	const ready = () => props.rotation.ready;
	return (
		<RotationStep
			number={4}
			current={props.current}
			done={props.rotation.oldKey === "revoked"}
			title={stepTitle(props.rotation)}
			at={old().revokedAt}
		>
			<Show
				when={props.rotation.oldKey !== "revoked"}
				fallback={<p>Requests with it are refused. The new key has taken its place.</p>}
			>
				<p>
					<OldUse key={old()} /> {advice(props.rotation)}
				</p>
				<Show when={props.manages && props.rotation.next}>
					<div class="rotation-actions">
						<Button kind={ready() ? "primary" : "danger"} onClick={() => props.onDelete(old())}>
							{ready() ? "Delete the old key" : "Delete now"}
						</Button>
					</div>
				</Show>
			</Show>
		</RotationStep>
	);
}

function stepTitle({ old, published, oldKey }: Rotation): string {
	if (oldKey === "revoked") return `Old key ${revokedVerb(old)}`;
	if (published && oldKey === "used") return "Wait: the old key is still in use";
	return "Delete the old key";
}

function OldUse(props: { key: Key }) {
	return (
		<Show when={isUsed(props.key)} fallback="The old key has never been used.">
			The old key was last used <LastUse key={props.key} />
			{gameUse(props.key)}.
		</Show>
	);
}

/** How often games used it in the last hour, unless none ever did. */
function gameUse({ lastUsedAt, requests1h }: Key): string {
	if (lastUsedAt === null) return "";
	return `, ${requests1h === 1 ? "once" : `${number(requests1h)} times`} by games in the last hour`;
}

function advice({ old, published, ready }: Rotation): string {
	if (!isUsed(old)) return "Nothing depends on it.";
	if (ready) return "Nothing uses it any more.";
	if (published && isQuietInGames(old, now())) {
		return "No game server sends it any more. Reconnecting in Studio does, once. If no one on your team did, delete it now.";
	}
	if (published) {
		return (
			"Game servers that still run the old version would be cut off. They close when their players leave: " +
			"waiting costs nothing."
		);
	}
	return "It keeps working until you delete it. Deleting it before the new key is in use cuts off your game.";
}
