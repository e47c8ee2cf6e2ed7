import { Show } from "solid-js";

import type { Key } from "../../../shared/wire.ts";
import { Button } from "../ui/button.tsx";
import { number } from "../ui/format.ts";
import { Ago } from "../ui/time.tsx";
import { RotationStep } from "./rotation-step.tsx";
import type { Rotation } from "./rotation-steps.ts";

/** The last step: says whether anything would stop, and suggests waiting while something would. */
export function RevokeStep(props: {
	rotation: Rotation;
	current: number;
	manages: boolean;
	onRevoke: (key: Key) => void;
}) {
	const old = () => props.rotation.old;
	const ready = () => props.rotation.ready;
	return (
		<RotationStep
			number={4}
			current={props.current}
			done={props.rotation.oldKey === "revoked"}
			title={revokeTitle(props.rotation)}
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
						<Button kind={ready() ? "primary" : "danger"} onClick={() => props.onRevoke(old())}>
							{ready() ? "Revoke the old key" : "Revoke now"}
						</Button>
					</div>
				</Show>
			</Show>
		</RotationStep>
	);
}

function revokeTitle({ published, oldKey }: Rotation): string {
	if (oldKey === "revoked") return "Old key revoked";
	if (published && oldKey === "used") return "Wait: the old key is still in use";
	return "Revoke the old key";
}

function OldUse(props: { key: Key }) {
	return (
		<Show when={props.key.lastUsedAt} fallback="The old key has never been used.">
			{(at) => (
				<>
					The old key was last used <Ago at={at()} />, {timesWords(props.key.requests1h)} in the last hour.
				</>
			)}
		</Show>
	);
}

function timesWords(count: number): string {
	return count === 1 ? "once" : `${number(count)} times`;
}

function advice({ old, published, ready }: Rotation): string {
	if (old.lastUsedAt === null) return "Nothing depends on it.";
	if (ready) return "Nothing uses it any more.";
	if (published) {
		return (
			"Game servers that still run the old version would be cut off. They close when their players leave: " +
			"waiting costs nothing."
		);
	}
	return "It keeps working until you revoke it. Revoking it before the new key is in use cuts off your game.";
}
