import Eye from "lucide-solid/icons/eye";
import { createSignal } from "solid-js";

import type { Pairing } from "../../../shared/wire.ts";
import { Button } from "../ui/button.tsx";
import { focusHeading } from "../ui/focus-heading.ts";
import { Notice } from "../ui/notice.tsx";
import { ApprovalForm } from "./approval-form.tsx";
import { CodeTiles } from "./code-tiles.tsx";
import type { PairingStore } from "./pairing.ts";
import { releasePairing } from "./pairing-api.ts";
import { Reported } from "./reported.tsx";

/** What is needed to decide: the code, what Studio reported, and the answer form. */
export function Review(props: { pairing: Pairing; store: PairingStore; onAnotherCode: () => void }) {
	const [leaving, setLeaving] = createSignal(false);
	const isReconnect = () => props.pairing.reported.intent === "reconnect";
	const title = () => (isReconnect() ? "Reconnect a place from Studio" : "Connect a place from Studio");
	let heading: HTMLHeadingElement | undefined;
	focusHeading(() => heading, title);
	/** Releases the code for its real owner. If that fails, it stays claimed until it expires. */
	const leave = async () => {
		setLeaving(true);
		await releasePairing(props.pairing.userCode).catch(() => undefined);
		props.onAnotherCode();
	};
	return (
		<>
			<h1 ref={heading} tabindex="-1">
				{title()}
			</h1>
			<p class="lead">Does Studio show the same code?</p>
			<CodeTiles code={props.pairing.userCode} />
			<section class="card pad stack">
				<Reported pairing={props.pairing} />
				<Notice icon={<Eye />}>
					<strong>Did you just click {isReconnect() ? "Reconnect" : "Connect"} in Studio?</strong> This is reported by
					Studio, not verified. Approve only if it was you.
				</Notice>
				<ApprovalForm pairing={props.pairing} store={props.store} />
			</section>
			<p class="pair-other">
				Not your code?
				<Button kind="quiet" busy={leaving()} onClick={() => void leave()}>
					Enter another code
				</Button>
			</p>
		</>
	);
}
