import { Match, Switch } from "solid-js";

import type { InvitationOffer } from "../../../shared/wire.ts";
import { ROLE_PHRASES, ROLE_RIGHTS } from "../people/role-text.ts";
import { useSession } from "../session/session.tsx";
import { Day } from "../ui/time.tsx";
import { AcceptCard } from "./accept-card.tsx";
import { SignInCard } from "./sign-in-card.tsx";

/** The invitation, and how to accept it: sign in or sign up, then join. */
export function Offer(props: { offer: InvitationOffer; token: string; onGone: () => void }) {
	const session = useSession();
	const user = () => {
		const state = session.state();
		return state.name === "signed-in" ? state.user : undefined;
	};
	return (
		<main class="narrow">
			<h1>
				<bdi>{props.offer.invitedBy?.name ?? "Someone"}</bdi> invites you to <bdi>{props.offer.workspace.name}</bdi>
			</h1>
			<p class="lead">
				You would be {ROLE_PHRASES[props.offer.role]}, who can {ROLE_RIGHTS[props.offer.role]}. The link works once,
				until <Day at={props.offer.expiresAt} />.
			</p>
			<Switch fallback={<SignInCard token={props.token} />}>
				<Match when={user()}>
					{(person) => (
						<AcceptCard offer={props.offer} token={props.token} user={person()} onGone={() => props.onGone()} />
					)}
				</Match>
			</Switch>
		</main>
	);
}
