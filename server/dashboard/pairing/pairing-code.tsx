import { Match, Switch } from "solid-js";

import { Late } from "../ui/late.tsx";
import { DenyAfterAll } from "./deny-after-all.tsx";
import { endingOf, endingOfError } from "./ending.ts";
import { Outcome } from "./outcome.tsx";
import { createPairing } from "./pairing.ts";
import { Review } from "./review.tsx";

/** One code: being looked up, waiting for an answer, or at its end. */
export function PairingCode(props: { userCode: string; onAnotherCode: () => void }) {
	const store = createPairing(() => props.userCode);
	const failure = () => {
		const state = store.state();
		return state.name === "failed" ? endingOfError(state.error, state.asked) : undefined;
	};
	const pairing = () => {
		const state = store.state();
		return state.name === "open" ? state.pairing : undefined;
	};
	const ending = () => {
		const current = pairing();
		return current && endingOf(current);
	};
	const undecided = () => (pairing()?.status === "pending" ? pairing() : undefined);
	const underWay = () => pairing()?.status === "approved" || pairing()?.status === "issued";

	return (
		<Switch
			fallback={
				<Late>
					<p class="muted" role="status">
						Looking up {props.userCode}…
					</p>
				</Late>
			}
		>
			<Match when={failure() ?? ending()}>
				{(end) => (
					<Outcome ending={end()} onAnotherCode={props.onAnotherCode} onRetry={() => void store.reopen()}>
						{underWay() && <DenyAfterAll deny={store.deny} />}
					</Outcome>
				)}
			</Match>
			<Match when={undecided()}>
				{(current) => <Review pairing={current()} store={store} onAnotherCode={props.onAnotherCode} />}
			</Match>
		</Switch>
	);
}
