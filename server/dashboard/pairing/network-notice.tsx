import Eye from "lucide-solid/icons/eye";
import TriangleAlert from "lucide-solid/icons/triangle-alert";
import { Show } from "solid-js";

import type { Pairing } from "../../../shared/wire.ts";
import { Notice } from "../ui/notice.tsx";

/** How the network that asks for the key compares with the viewer's. */
export function NetworkNotice(props: { requestedFrom: Pairing["requestedFrom"]; button: string }) {
	const network = () => props.requestedFrom.network;
	return (
		<Show
			when={props.requestedFrom.sameAsYours === false}
			fallback={
				<Notice icon={<Eye />}>
					<Show when={props.requestedFrom.sameAsYours === null}>
						<strong>The network of this request cannot be compared with yours.</strong>{" "}
						{network() === null
							? UNKNOWN
							: `It comes from ${network()}; your browser uses the other kind of IP address.`}{" "}
					</Show>
					<strong>Did you just click {props.button} in Studio?</strong> This is reported by Studio, not verified.
					Approve only if it was you.
				</Notice>
			}
		>
			<Notice kind="warn" icon={<TriangleAlert />}>
				<p>
					<strong>
						This request comes from another network, <span class="unbroken">{network()}</span>.
					</strong>{" "}
					Its sender gets a key to your workspace. If someone gave you the code or a link to this page, it is probably
					theirs: deny it.
				</p>
				<p>
					Approve only if you clicked {props.button} in Studio on a computer there. What Studio reports is not verified.
				</p>
			</Notice>
		</Show>
	);
}

const UNKNOWN = "The server does not know it.";

/** For the list of what is known about a request. */
export function networkText({ network, sameAsYours }: Pairing["requestedFrom"]): string {
	if (sameAsYours === true) return "your network";
	if (network === null) return "unknown";
	return sameAsYours === null ? `${network}, which cannot be compared with yours` : `another network, ${network}`;
}
