import "../styles/account.css";

import { usePageTitle } from "../ui/page-title.ts";
import { WhereTheLinkIs } from "./where-the-link-is.tsx";

/** Shown instead of the sign-in page while there is no account, and only a set-up link can create one. */
export function NotSetUp() {
	usePageTitle(() => "Not set up yet");
	return (
		<main class="auth">
			<h1>This server is not set up yet</h1>
			<WhereTheLinkIs />
		</main>
	);
}
