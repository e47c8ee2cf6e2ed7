import { A } from "@solidjs/router";
import { Show } from "solid-js";

import { displayHint } from "../../../shared/key-format.ts";
import type { Key } from "../../../shared/wire.ts";
import { number } from "../ui/format.ts";
import { Ago } from "../ui/time.tsx";
import { usedAt } from "./used-at.ts";

/** What deleting a key would stop, in numbers. */
export function RevocationImpact(props: { workspaceId: string; key: Key; onRotate: () => void }) {
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
			<p>
				It stops working at once and stays in the list as revoked.{" "}
				{usedAt(props.key) === undefined
					? "Anything that sends it after that is refused."
					: "Anything that still sends it is refused, including running game servers."}{" "}
				This cannot be undone.
			</p>
			<Show when={props.key.requests1h > 0 && props.key.replacedBy === null}>
				<p>
					To change keys without interruption,{" "}
					<A href={`/workspaces/${props.workspaceId}/keys/${props.key.id}#rotate`} onClick={() => props.onRotate()}>
						rotate it
					</A>{" "}
					instead.
				</p>
			</Show>
		</>
	);
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
