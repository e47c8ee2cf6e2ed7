import TriangleAlert from "lucide-solid/icons/triangle-alert";
import { Show } from "solid-js";

import type { Pairing, PreviousKeyFate } from "../../../shared/wire.ts";
import { Notice } from "../ui/notice.tsx";
import { Segmented } from "../ui/segmented.tsx";
import { Ago } from "../ui/time.tsx";

const FATES: { value: PreviousKeyFate; text: string }[] = [
	{ value: "keep", text: "Keep until I delete it" },
	{ value: "revoke", text: "Revoke once the new one works" },
];

/** On reconnect: what becomes of the key that is in the place now. */
export function PreviousKey(props: {
	previous: Pairing["previousKey"];
	fate: PreviousKeyFate;
	onFate: (fate: PreviousKeyFate) => void;
}) {
	return (
		<Show
			when={props.previous}
			fallback={
				<p class="small muted">
					The key that is in the place now is in no workspace whose keys you manage. It goes on working until somebody
					deletes it there.
				</p>
			}
		>
			{(previous) => (
				<div class="stack tight">
					<Segmented
						legend={
							<>
								The key that is in the place now: <bdi>{previous().label}</bdi>{" "}
								<span class="unbroken">…{previous().hint}</span>
							</>
						}
						options={FATES}
						value={props.fate}
						onValue={props.onFate}
					/>
					<div class="either">
						<p class="small muted" classList={{ off: props.fate === "revoke" }}>
							Nothing stops: running servers go on with it
							<Show when={previous().lastUsedAt}>
								{(at) => (
									<>
										, last <Ago at={at()} />
									</>
								)}
							</Show>
							.
						</p>
						<div classList={{ off: props.fate === "keep" }}>
							<Notice kind="warn" icon={<TriangleAlert />}>
								For a key that leaked. Running servers are refused from that moment until they run the version you
								publish next.
							</Notice>
						</div>
					</div>
				</div>
			)}
		</Show>
	);
}
