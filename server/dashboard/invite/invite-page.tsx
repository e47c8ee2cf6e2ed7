import "../styles/invite.css";

import { useLocation } from "@solidjs/router";
import { createResource, Match, Show, Switch } from "solid-js";

import { asApiError } from "../api/api-error.ts";
import { Delayed } from "../ui/delayed.tsx";
import { FailureNotice } from "../ui/notice.tsx";
import { usePageTitle } from "../ui/page-title.ts";
import { InvalidInvitation, isInvalidInvitation } from "./invalid-invitation.tsx";
import { lookAtInvitation } from "./invite-api.ts";
import { Offer } from "./offer.tsx";

/** `/invite#<token>`: the fragment is only sent to the server to look up the invitation. */
export function InvitePage() {
	usePageTitle(() => "Invitation");
	const location = useLocation();
	const token = () => location.hash.slice(1);
	const [offer, { refetch }] = createResource(token, lookAtInvitation);
	const failure = () => (offer.error === undefined ? undefined : asApiError(offer.error));
	return (
		<Switch fallback={<Loading />}>
			<Match when={token() === ""}>
				<InvalidInvitation code="unknown_invitation" />
			</Match>
			<Match when={failure()}>
				{(error) => (
					<Show
						when={isInvalidInvitation(error())}
						fallback={
							<main class="narrow">
								<FailureNotice error={error()} onRetry={() => void refetch()} />
							</main>
						}
					>
						<InvalidInvitation code={error().code} />
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
			<Delayed>
				<p class="muted" role="status">
					Loading the invitation…
				</p>
			</Delayed>
		</main>
	);
}
