import { type Html, html } from "../../html.ts";
import type { Document } from "../document.ts";

/** `shown`: what a reader may try first. */
export function introduction({ info, servers = [] }: Document, shown: Html): Html {
	const server = servers[0]?.url ?? "";
	return html`<section class="intro" aria-labelledby="introduction">
		<div class="opening">
			<div>
				<h1 id="introduction">${info.title} API</h1>
				<p class="lead">
					A published game sends its key with every call; your own API asks here which workspace the key belongs to.
					Everything that the dashboard and the Studio plugin do is documented below as well.
				</p>
				<dl class="facts">
					<div>
						<dt>Server</dt>
						<dd><code>${server}</code></dd>
					</div>
					<div>
						<dt>Version</dt>
						<dd>${info.version}</dd>
					</div>
					<div>
						<dt>For programs</dt>
						<dd><a href="/openapi.json">openapi.json</a></dd>
					</div>
				</dl>
			</div>
			<div class="shows">${shown}</div>
		</div>
		<h2>Authentication</h2>
		<dl class="who">
			<dt>An API key</dt>
			<dd>
				Sent as <code>Authorization: Bearer auxvyn_…</code> or <code>x-api-key: auxvyn_…</code>. The examples read it
				from <code>$AUXVYN_KEY</code>.
			</dd>
			<dt>A backend</dt>
			<dd>
				HTTP Basic with a backend’s id and secret, from the workspace’s Settings › Backends. The examples read them from
				<code>$BACKEND_ID</code> and <code>$BACKEND_SECRET</code>.
			</dd>
			<dt>A person</dt>
			<dd>
				The session cookie. The example of <a href="#post-api-auth-sign-in-email">signing in</a> saves it in a file, and
				the others read it from there: set <code>$AUXVYN_SESSION</code> to its name, such as <code>session.txt</code>.
				Requests that change something also need <code>Origin: ${server}</code>, which browsers send by themselves.
			</dd>
		</dl>
		<h2>Responses</h2>
		<p>
			JSON in UTF-8, with times in ISO 8601 and UTC. Errors are <a href="#errors">problem details</a> (RFC 9457) with a
			stable <code>code</code>; under <code>/oauth/</code> they are OAuth errors (RFC 6749), for OAuth clients. A wrong
			method is answered with 405 and <code>Allow</code>. After 429 and 503, wait as many seconds as
			<code>Retry-After</code> says.
		</p>
	</section>`;
}
