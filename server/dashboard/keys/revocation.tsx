import { Show } from "solid-js";

import type { Key } from "../../../shared/wire.ts";
import { Ago, Day } from "../ui/time.tsx";
import { PersonName } from "./person-name.tsx";
import { revokedReason } from "./revoked-text.ts";

/** Reasons that involve no person. */
const IMPERSONAL = ["holder", "unconfirmed", "retired"];

/** Who or what revoked a key, when and why; and whether it is still sent. */
export function Revocation(props: { key: Key }) {
	return (
		<div class="revocation">
			<span class="chip bad">Revoked</span>
			<span class="sub">
				<Show when={!IMPERSONAL.includes(props.key.revokedReason ?? "")}>
					<PersonName person={props.key.revokedBy} fallback="a deleted account" /> ·{" "}
				</Show>
				<Show when={props.key.revokedAt}>{(at) => <Day at={at()} />}</Show>
			</span>
			<Show when={revokedReason(props.key.revokedReason)}>{(reason) => <span class="sub">{reason()}</span>}</Show>
			<Show when={props.key.lastRefusedAt}>
				{(at) => (
					<span class="sub still">
						still sent: refused <Ago at={at()} />
					</span>
				)}
			</Show>
		</div>
	);
}
