import { createEffect, Match, Switch } from "solid-js";

import type { PairingStatus } from "../../../shared/wire.ts";
import { Delayed } from "../ui/delayed.tsx";
import { Outcome } from "./outcome.tsx";
import { outcomeOf, outcomeOfError } from "./outcomes.ts";
import { createPairing } from "./pairing.ts";
import { Review } from "./review.tsx";
import { WithdrawApproval } from "./withdraw-approval.tsx";

const OVER: PairingStatus[] = ["sealed", "denied", "expired"];

/** One user code: being looked up, awaiting an answer, or finished. */
export function PairingCode(props: {
	userCode: string;
	/** False for a code that came with a link. */
	typed: boolean;
	onTyped: (code: string) => void;
	onAnotherCode: () => void;
	/** Nothing more can come of the code. */
	onOver: () => void;
}) {
	const store = createPairing(() => props.userCode);
	const failure = () => {
		const state = store.state();
		return state.name === "failed" ? outcomeOfError(state.error, state.answer) : undefined;
	};
	const pairing = () => {
		const state = store.state();
		return state.name === "open" ? state.pairing : undefined;
	};
	const outcome = () => {
		const current = pairing();
		return current && outcomeOf(current);
	};
	const undecided = () => (pairing()?.status === "pending" ? pairing() : undefined);
	const isOver = () => {
		const state = store.state();
		if (state.name === "failed") return state.error.kind === "not-found" || state.error.code === "expired_code";
		return state.name === "open" && OVER.includes(state.pairing.status);
	};
	createEffect(() => isOver() && props.onOver());
	const inProgress = () => pairing()?.status === "approved" || pairing()?.status === "issued";

	return (
		<Switch
			fallback={
				<Delayed>
					<p class="muted" role="status">
						Looking up the code…
					</p>
				</Delayed>
			}
		>
			<Match when={failure() ?? outcome()}>
				{(outcome) => (
					<Outcome outcome={outcome()} onAnotherCode={props.onAnotherCode} onRetry={() => void store.reopen()}>
						{inProgress() && <WithdrawApproval deny={store.deny} />}
					</Outcome>
				)}
			</Match>
			<Match when={undecided()}>{(current) => <Review {...props} pairing={current()} store={store} />}</Match>
		</Switch>
	);
}
