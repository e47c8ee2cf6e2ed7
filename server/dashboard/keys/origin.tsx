import Monitor from "lucide-solid/icons/monitor";
import Plug from "lucide-solid/icons/plug";
import { Show } from "solid-js";

import type { Key } from "../../../shared/wire.ts";
import { Day } from "../ui/time.tsx";
import { PersonName } from "./person-name.tsx";

/** Where a key comes from, who made it and when. */
export function Origin(props: { key: Key }) {
	const place = () =>
		props.key.place?.name ?? (props.key.place?.placeId ? `Place ${props.key.place.placeId}` : "Studio");
	return (
		<>
			<Show
				when={props.key.origin === "studio"}
				fallback={
					<span class="chip">
						<Monitor />
						<span>Dashboard</span>
					</span>
				}
			>
				<span class="chip" title={place()}>
					<Plug />
					<bdi>{place()}</bdi>
				</span>
			</Show>
			<span class="sub">
				<PersonName person={props.key.createdBy} fallback="a deleted account" /> · <Day at={props.key.createdAt} />
			</span>
		</>
	);
}
