import { A } from "@solidjs/router";

import type { ApiError } from "../api/api-error.ts";

interface Words {
	title: string;
	detail: string;
}

const UNKNOWN: Words = {
	title: "This invitation is not there",
	detail: "It was accepted or withdrawn, or the link is not whole. Copy all of it, or ask for a new one.",
};
const WORDS: Record<string, Words> = {
	unknown_invitation: UNKNOWN,
	expired_invitation: {
		title: "This invitation is too old",
		detail: "A link works for seven days. Ask whoever sent it for a new one.",
	},
};

/** Whether the invitation itself is at an end, and not just the way to it. */
export function isDead(error: ApiError): boolean {
	return error.code !== undefined && error.code in WORDS;
}

export function DeadInvitation(props: { code: string | undefined }) {
	const words = () => WORDS[props.code ?? ""] ?? UNKNOWN;
	return (
		<main class="narrow">
			<h1>{words().title}</h1>
			<p class="lead">
				{words().detail} <A href="/">Go to your keys</A>.
			</p>
		</main>
	);
}
