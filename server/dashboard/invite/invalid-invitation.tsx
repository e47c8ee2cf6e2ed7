import { A } from "@solidjs/router";

import type { ApiError } from "../api/api-error.ts";

interface Texts {
	title: string;
	detail: string;
}

const UNKNOWN: Texts = {
	title: "Invitation not found",
	detail: "It was accepted or withdrawn, or the link is incomplete. Copy all of it, or ask for a new one.",
};
const TEXTS: Record<string, Texts> = {
	unknown_invitation: UNKNOWN,
	expired_invitation: {
		title: "This invitation has expired",
		detail: "A link works for seven days. Ask the sender for a new one.",
	},
};

/** Whether the invitation itself is invalid, as opposed to the request failing. */
export function isInvalidInvitation(error: ApiError): boolean {
	return error.code !== undefined && error.code in TEXTS;
}

export function InvalidInvitation(props: { code: string | undefined }) {
	const texts = () => TEXTS[props.code ?? ""] ?? UNKNOWN;
	return (
		<main class="narrow">
			<h1>{texts().title}</h1>
			<p class="lead">
				{texts().detail} <A href="/">Go to your keys</A>.
			</p>
		</main>
	);
}
