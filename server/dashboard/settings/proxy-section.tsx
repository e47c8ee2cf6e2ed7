import Check from "lucide-solid/icons/check";
import Copy from "lucide-solid/icons/copy";
import { createEffect, createSignal, type JSX, on, onCleanup, Show } from "solid-js";

import { isLoopback } from "../onboarding/reachable-by-games.ts";
import { Button } from "../ui/button.tsx";
import { copyText } from "../ui/copy-text.ts";
import { Segmented } from "../ui/segmented.tsx";
import { type Proxy, proxyLines } from "./proxy-lines.ts";

const CONFIRMATION_MS = 4_000;
const PROXIES: { value: Proxy; text: string }[] = [
	{ value: "nginx", text: "nginx" },
	{ value: "caddy", text: "Caddy" },
	{ value: "traefik", text: "Traefik" },
];

/** A reverse proxy's lines for forward-auth, with this workspace's id, ready to copy. */
export function ProxySection(props: { workspaceId: string }) {
	const [proxy, setProxy] = createSignal<Proxy>("nginx");
	const lines = () => proxyLines(proxy(), { origin: location.origin, workspaceId: props.workspaceId });
	return (
		<section class="settings-section" aria-labelledby="proxy-heading">
			<h2 id="proxy-heading">Reverse proxy</h2>
			<p class="lead">
				Let a proxy check the key in front of your API. Only keys of this workspace pass, and the API gets{" "}
				<span class="mono unbroken">X-Auxvyn-Workspace-Id</span> and <span class="mono unbroken">X-Auxvyn-Key-Id</span>.
			</p>
			<div class="card pad stack">
				<Lines text={lines()}>
					<Segmented legend="Proxy" hideLegend options={PROXIES} value={proxy()} onValue={setProxy} />
				</Lines>
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
		</section>
	);
}

/** A text with a Copy button, next to what it was chosen by. */
function Lines(props: { text: string; children: JSX.Element }) {
	const [outcome, setOutcome] = createSignal<"copied" | "by-hand">();
	let code: HTMLPreElement | undefined;
	let timer: ReturnType<typeof setTimeout> | undefined;
	const reset = () => {
		clearTimeout(timer);
		setOutcome(undefined);
	};
	onCleanup(() => clearTimeout(timer));
	createEffect(on(() => props.text, reset));

	const copy = async () => {
		if (!code) return;
		reset();
		setOutcome((await copyText(code)) ? "copied" : "by-hand");
		timer = setTimeout(reset, CONFIRMATION_MS);
	};

	return (
		<>
			<div class="proxy-head">
				{props.children}
				<Button icon={outcome() === "copied" ? <Check /> : <Copy />} onClick={() => void copy()}>
					{outcome() === "copied" ? "Copied" : "Copy"}
				</Button>
			</div>
			<pre class="proxy-lines" ref={code} tabindex="0" role="region" aria-label="Configuration">
				{props.text}
			</pre>
			<p class="sr-only" role="status">
				{outcome() === "copied" ? "Copied to the clipboard." : ""}
			</p>
			<Show when={outcome() === "by-hand"}>
				<p class="field-note wrong" role="alert">
					This browser does not allow copying here. The lines are selected: press Ctrl+C, or ⌘C on a Mac.
				</p>
			</Show>
		</>
	);
}
