import { Show } from "solid-js";

import type { Key } from "../../../shared/wire.ts";
import { Day } from "../ui/time.tsx";
import { revokedReason } from "./revoked-words.ts";

/** Who or what ended a key, when, and why. */
export function Revocation(props: { key: Key }) {
	return (
		<div class="revocation">
			<span class="chip bad">Revoked</span>
			<span class="sub">
				<bdi>{props.key.revokedBy?.name ?? "by itself"}</bdi>
				<Show when={props.key.revokedAt}>
					{(at) => (
						<>
							{" · "}
							<Day at={at()} />
						</>
					)}
				</Show>
			</span>
			<Show when={revokedReason(props.key.revokedReason)}>{(reason) => <span class="sub">{reason()}</span>}</Show>
		</div>
	);
}
