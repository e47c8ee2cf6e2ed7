import { Show } from "solid-js";

import { reachableByGames } from "../onboarding/reachable-by-games.ts";

/** For Scripts written by hand. The example does not contain the key: its readers must not have it. */
export function InstallInstructions() {
	return (
		<div class="where">
			<p>
				<strong>Where to put it:</strong> in your experience’s Secrets Store (Creator Dashboard › your experience ›
				Secrets), named <span class="mono">auxvyn</span>. A Script in ServerScriptService then sends it:
			</p>
			<pre tabindex="0" role="region" aria-label="Example">
				{EXAMPLE}
			</pre>
			<Show when={!reachableByGames(location.origin)}>
				<p>
					Published games cannot reach this address. For those, set PUBLIC_URL in the server’s .env to a public https
					address.
				</p>
			</Show>
		</div>
	);
}

const EXAMPLE = `local HttpService = game:GetService("HttpService")
local key = HttpService:GetSecret("auxvyn")
HttpService:RequestAsync({
	Url = "${location.origin}/v1/whoami",
	Headers = { ["x-api-key"] = key },
})`;
