import "../styles/invite.css";

import { useLocation } from "@solidjs/router";
import { createResource, Match, Show, Switch } from "solid-js";

import { asApiError } from "../api/api-error.ts";
import { Late } from "../ui/late.tsx";
import { FailureNotice } from "../ui/notice.tsx";
import { usePageTitle } from "../ui/page-title.ts";
import { DeadInvitation, isDead } from "./dead-invitation.tsx";
import { lookAtInvitation } from "./invite-api.ts";
import { Offer } from "./offer.tsx";

/** `/invite#<token>`: what is behind the number sign stays in the browser until the server is asked about it. */
export function InvitePage() {
	usePageTitle(() => "Invitation");
	const location = useLocation();
	const token = () => location.hash.slice(1);
	const [offer, { refetch }] = createResource(token, lookAtInvitation);
	const failure = () => (offer.error === undefined ? undefined : asApiError(offer.error));
	return (
		<Switch fallback={<Loading />}>
			<Match when={token() === ""}>
				<DeadInvitation code="unknown_invitation" />
			</Match>
			<Match when={failure()}>
				{(error) => (
					<Show
						when={isDead(error())}
						fallback={
							<main class="narrow">
								<FailureNotice error={error()} onRetry={() => void refetch()} />
							</main>
						}
					>
						<DeadInvitation code={error().code} />
					</Show>
				)}
			</Match>
			<Match when={offer.state === "ready" && offer()}>
				{(ready) => <Offer offer={ready()} token={token()} onGone={() => void refetch()} />}
			</Match>
		</Switch>
	);
}

function Loading() {
	return (
		<main class="narrow">
			<Late>
				<p class="muted" role="status">
					Looking at the invitation…
				</p>
			</Late>
		</main>
	);
}
