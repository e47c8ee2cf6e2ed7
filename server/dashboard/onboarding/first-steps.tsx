import { useNavigate } from "@solidjs/router";
import { Show } from "solid-js";

import { CodeEntry } from "../pairing/code-entry.tsx";
import { PluginDownload } from "./plugin-download.tsx";
import { reachableByGames } from "./reachable-by-games.ts";

/** Stands where the list of keys will be: the way from nothing to a game that sends a key. */
export function FirstSteps() {
	const navigate = useNavigate();
	return (
		<>
			<h1>Connect your first game</h1>
			<p class="lead">Three steps, about a minute. Your keys appear here as soon as there are any.</p>
			<ol class="card steps">
				<li class="step">
					<i aria-hidden="true">1</i>
					<div>
						<h2>Get the plugin</h2>
						<p class="muted">
							Save it to Studio’s plugin folder: Plugins › Plugins Folder opens it. It already knows this server.
						</p>
					</div>
					<PluginDownload />
				</li>
				<li class="step now">
					<i aria-hidden="true">2</i>
					<div>
						<h2>Click Connect in Studio</h2>
						<p class="muted">Open your place, then Plugins › Auxvyn › Connect. Type the code that it shows:</p>
						<CodeEntry onCode={(code) => navigate(`/pair?code=${code}`)} />
					</div>
				</li>
				<li class="step">
					<i aria-hidden="true">3</i>
					<div>
						<Show
							when={reachableByGames(location.origin)}
							fallback={
								<>
									<h2>Press Play in Studio</h2>
									<p class="muted">
										The key goes with every request. For published games the server needs a public https address
										(PUBLIC_URL).
									</p>
								</>
							}
						>
							<h2>Publish the place</h2>
							<p class="muted">Game servers that start after that send the key with every request.</p>
						</Show>
					</div>
				</li>
			</ol>
		</>
	);
}
