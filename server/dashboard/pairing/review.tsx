import { createSignal, Show } from "solid-js";

import type { Pairing } from "../../../shared/wire.ts";
import { Button } from "../ui/button.tsx";
import { focusHeading } from "../ui/focus-heading.ts";
import { ApprovalForm } from "./approval-form.tsx";
import { CodeTiles } from "./code-tiles.tsx";
import { NetworkNotice } from "./network-notice.tsx";
import type { PairingStore } from "./pairing.ts";
import { releasePairing } from "./pairing-api.ts";
import { Reported } from "./reported.tsx";
import { TypeCode } from "./type-code.tsx";

/** What is needed to decide: the code, what Studio reported, and the answer form. A linked code may have to be typed first. */
export function Review(props: {
	pairing: Pairing;
	store: PairingStore;
	typed: boolean;
	onTyped: (code: string) => void;
	onAnotherCode: () => void;
}) {
	const [leaving, setLeaving] = createSignal(false);
	const button = () => (props.pairing.reported.intent === "reconnect" ? "Reconnect" : "Connect");
	/** Releases the code for its real owner. If that fails, it stays claimed until it expires. */
	const release = () => releasePairing(props.pairing.userCode).catch(() => undefined);
	const leave = async () => {
		setLeaving(true);
		await release();
		props.onAnotherCode();
	};
	const onCode = async (typed: string) => {
		if (typed !== props.pairing.userCode) await release();
		props.onTyped(typed);
	};
	return (
		<>
			<Show
				when={props.typed || props.pairing.requestedFrom.sameAsYours === true}
				fallback={
					<TypeCode
						pairing={props.pairing}
						button={button()}
						onCode={(typed) => void onCode(typed)}
						deny={props.store.deny}
					/>
				}
			>
				<Decision pairing={props.pairing} store={props.store} button={button()} />
			</Show>
			<p class="pair-other">
				Not your code?
				<Button kind="quiet" busy={leaving()} onClick={() => void leave()}>
					Enter another code
				</Button>
			</p>
		</>
	);
}

function Decision(props: { pairing: Pairing; store: PairingStore; button: string }) {
	const title = () => `${props.button} a place from Studio`;
	let heading: HTMLHeadingElement | undefined;
	focusHeading(() => heading, title);
	return (
		<>
			<h1 ref={heading} tabindex="-1">
				{title()}
			</h1>
			<p class="lead">Does Studio show the same code?</p>
			<CodeTiles code={props.pairing.userCode} />
			<section class="card pad stack">
				<Reported pairing={props.pairing} />
				<NetworkNotice requestedFrom={props.pairing.requestedFrom} button={props.button} />
				<ApprovalForm pairing={props.pairing} store={props.store} />
			</section>
		</>
	);
}
