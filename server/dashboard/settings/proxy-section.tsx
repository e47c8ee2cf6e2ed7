import { createEffect, createSignal, type JSX, on, Show } from "solid-js";

import { isLoopback } from "../onboarding/reachable-by-games.ts";
import { CopyButton, CopyOutcome, createCopy } from "../ui/copy.tsx";
import { Segmented } from "../ui/segmented.tsx";
import { type Proxy, proxyLines } from "./proxies/index.ts";
import { Section } from "./section.tsx";

const PROXIES: { value: Proxy; text: string }[] = [
	{ value: "nginx", text: "nginx" },
	{ value: "caddy", text: "Caddy" },
	{ value: "haproxy", text: "HAProxy" },
	{ value: "traefik", text: "Traefik" },
	{ value: "envoy", text: "Envoy" },
];

/** A reverse proxy's lines for forward-auth, with this workspace's id, ready to copy. */
export function ProxySection(props: { workspaceId: string }) {
	const [proxy, setProxy] = createSignal<Proxy>("nginx");
	const lines = () => proxyLines(proxy(), { origin: location.origin, workspaceId: props.workspaceId });
	return (
		<Section
			title="Reverse proxy"
			lead={
				<>
					Let a proxy check the key in front of your API. Only keys of this workspace pass, and the API gets{" "}
					<span class="mono unbroken">X-Auxvyn-Workspace-Id</span> and{" "}
					<span class="mono unbroken">X-Auxvyn-Key-Id</span>.
				</>
			}
		>
			<div class="card pad stack">
				<Lines text={lines()}>
					<Segmented legend="Proxy" hideLegend options={PROXIES} value={proxy()} onValue={setProxy} />
				</Lines>
				<Show when={proxy() === "haproxy"}>
					<p class="muted small">
						It also needs the script <span class="mono unbroken">auxvyn.lua</span> from{" "}
						<span class="mono unbroken">docs/backends/haproxy.md</span>.
					</p>
				</Show>
				<p class="muted small">
					To let in keys of several workspaces, add <span class="mono unbroken">&workspace=ws_…</span> for each.
				</p>
				<Show when={isLoopback(location.href)}>
					<p class="muted small">
						<span class="mono unbroken">{location.origin}</span> only works on this computer. For a proxy elsewhere, use
						the server’s public address.
					</p>
				</Show>
			</div>
		</Section>
	);
}

/** A text with a Copy button, next to what it was chosen by. */
function Lines(props: { text: string; children: JSX.Element }) {
	let code: HTMLPreElement | undefined;
	const copy = createCopy(() => code);
	createEffect(on(() => props.text, copy.reset));

	return (
		<>
			<div class="proxy-head">
				{props.children}
				<CopyButton copy={copy} />
			</div>
			<pre class="proxy-lines" ref={code} tabindex="0" role="region" aria-label="Configuration">
				{props.text}
			</pre>
			<CopyOutcome copy={copy} what="The lines are" />
		</>
	);
}
