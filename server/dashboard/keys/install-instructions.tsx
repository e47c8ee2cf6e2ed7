import { Match, Show, Switch } from "solid-js";

import { ROUTES } from "../../../shared/wire.ts";
import { reachableByGames } from "../onboarding/reachable-by-games.ts";
import { CopyButton, CopyOutcome, createCopy } from "../ui/copy.tsx";

const SECRETS_STORE = "Creator Dashboard › your experience › Secrets";
const LOCAL_SECRETS = "File › Experience Settings › Security › Local Secrets";

/** For Scripts written by hand. `replaces`: the place has another key already, which this one takes the place of. */
export function InstallInstructions(props: { replaces: boolean }) {
	const reachable = reachableByGames(location.origin);
	return (
		<div class="where">
			<Show when={!reachable}>
				<p>
					<strong>Published games cannot reach this server:</strong> they need a public https address. Set PUBLIC_URL in
					.env to one.
				</p>
			</Show>
			<Switch>
				<Match when={props.replaces}>
					<p>
						<strong>Where to put it:</strong> where the old key is. If that is{" "}
						{reachable ? `the Secrets Store (${SECRETS_STORE})` : LOCAL_SECRETS}, edit the secret{" "}
						<span class="mono">auxvyn</span> instead of creating another
						{reachable && `, and do the same in ${LOCAL_SECRETS}`}. The Script stays as it is.
					</p>
				</Match>
				<Match when={true}>
					<p>
						<Show
							when={reachable}
							fallback={
								<>
									<strong>For playtests,</strong> put it in {LOCAL_SECRETS}:
								</>
							}
						>
							<strong>Where to put it:</strong> in your experience’s Secrets Store ({SECRETS_STORE} › Create Secret):
						</Show>
					</p>
					<dl>
						<div>
							<dt>Name:</dt> <dd class="mono">auxvyn</dd>
						</div>
						<div>
							<dt>Domain:</dt> <dd class="mono">{location.hostname}</dd>
						</div>
					</dl>
					<Show when={reachable}>
						<p>For playtests, add it to {LOCAL_SECRETS}, too.</p>
					</Show>
					<Example />
				</Match>
			</Switch>
		</div>
	);
}

/** It does not contain the key: its readers must not have it. */
function Example() {
	let code: HTMLPreElement | undefined;
	const copy = createCopy(() => code);
	return (
		<>
			<div class="example-head">
				<p>With Allow HTTP Requests on, a Script in ServerScriptService sends it:</p>
				<CopyButton copy={copy} name="Copy the example" />
			</div>
			<pre ref={code} tabindex="0" role="region" aria-label="Example">
				{EXAMPLE}
			</pre>
			<CopyOutcome copy={copy} what="The example is" />
			<p>
				It prints 200 if the key works. Or put{" "}
				<a href={ROUTES.client} download="Client.rbxmx" rel="external">
					Client.rbxmx
				</a>{" "}
				beside the Script, and call its <span class="mono">{START}</span>
			</p>
		</>
	);
}

const EXAMPLE = `local HttpService = game:GetService("HttpService")
local response = HttpService:RequestAsync({
	Url = "${location.origin}/v1/whoami",
	Headers = { ["x-api-key"] = HttpService:GetSecret("auxvyn") },
})
print(response.StatusCode)`;

const START = `startWithSecret("auxvyn", "${location.origin}")`;
