import { Show } from "solid-js";

import { ROUTES } from "../../../shared/wire.ts";
import { reachableByGames } from "../onboarding/reachable-by-games.ts";

/** For Scripts written by hand. The example does not contain the key: its readers must not have it. */
export function InstallInstructions() {
	return (
		<div class="where">
			<p>
				<strong>Where to put it:</strong> in your experience’s Secrets Store (Creator Dashboard › your experience ›
				Secrets › Create Secret):
			</p>
			<dl>
				<div>
					<dt>Name:</dt> <dd class="mono">auxvyn</dd>
				</div>
				<div>
					<dt>Domain:</dt> <dd class="mono">{location.hostname}</dd>
				</div>
			</dl>
			<p>
				For playtests, add it to File › Experience Settings › Security › Local Secrets, too. With Allow HTTP Requests
				on, a Script in ServerScriptService sends it:
			</p>
			<pre tabindex="0" role="region" aria-label="Example">
				{EXAMPLE}
			</pre>
			<p>
				It prints 200 if the key works. Or put{" "}
				<a href={ROUTES.client} download="Client.rbxmx" rel="external">
					Client.rbxmx
				</a>{" "}
				beside the Script, and call its <span class="mono">{START}</span>
			</p>
			<Show when={!reachableByGames(location.origin)}>
				<p>Published games need a public https address: set PUBLIC_URL in .env.</p>
			</Show>
		</div>
	);
}

const EXAMPLE = `local HttpService = game:GetService("HttpService")
local response = HttpService:RequestAsync({
	Url = "${location.origin}/v1/whoami",
	Headers = { ["x-api-key"] = HttpService:GetSecret("auxvyn") },
})
print(response.StatusCode)`;

const START = `startWithSecret("auxvyn", "${location.origin}")`;
