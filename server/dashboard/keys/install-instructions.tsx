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
				<dt>Name</dt>
				<dd class="mono">auxvyn</dd>
				<dt>Secret</dt>
				<dd>the key</dd>
				<dt>Domain</dt>
				<dd class="mono">{location.hostname}</dd>
			</dl>
			<p>
				Playtests do not see the store: in Studio, enter the same under File › Experience Settings › Security › Local
				Secrets. Allow HTTP Requests must be on there, too. A Script in ServerScriptService then sends the key:
			</p>
			<pre tabindex="0" role="region" aria-label="Example">
				{EXAMPLE}
			</pre>
			<p>
				It prints 200 if the key works. Or download{" "}
				<a href={ROUTES.client} download="Client.rbxmx" rel="external">
					Client.rbxmx
				</a>
				, insert it into ServerScriptService, and start it in a Script: <span class="mono">{START}</span>
			</p>
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
local response = HttpService:RequestAsync({
	Url = "${location.origin}/v1/whoami",
	Headers = { ["x-api-key"] = key },
})
print(response.StatusCode)`;

const START = `require(game.ServerScriptService.Client).startWithSecret("auxvyn", "${location.origin}")`;
