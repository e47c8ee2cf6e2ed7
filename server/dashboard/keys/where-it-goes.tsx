import { Show } from "solid-js";

import { reachableByGames } from "../onboarding/reachable-by-games.ts";

/** For a Script that somebody writes themselves. The key is not in it: whoever reads the Script must not have the key. */
export function WhereItGoes() {
	return (
		<div class="where">
			<p>
				<strong>Where it goes:</strong> into your experience’s Secrets Store (Creator Dashboard › your experience ›
				Secrets), named <span class="mono">auxvyn</span>. A Script in ServerScriptService then sends it:
			</p>
			<pre tabindex="0" role="region" aria-label="Example">
				{EXAMPLE}
			</pre>
			<Show when={!reachableByGames(location.origin)}>
				<p>
					Published games cannot reach this address. For them set PUBLIC_URL in the server’s .env to a public https
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
