import { useSession } from "../session/session.tsx";
import { Button } from "../ui/button.tsx";

/** How to get a set-up link, or an account without one. */
export function WhereTheLinkIs() {
	const session = useSession();
	return (
		<>
			<p class="lead">
				The server prints a set-up link in its terminal each time it starts without an account. Open the link there to
				create the first account. It works once, within 24 hours; restart the server for a new one.
			</p>
			<p class="lead">No terminal? This command creates an account. Run it in the folder the server is started from:</p>
			<pre class="command mono">npm run create-account -- you@example.com</pre>
			<div class="auth-actions">
				<Button onClick={() => void session.reload()}>Check again</Button>
			</div>
		</>
	);
}
