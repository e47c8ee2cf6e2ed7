import { useNavigate } from "@solidjs/router";
import { createSignal, Show } from "solid-js";

import type { FirstSteps } from "../../../shared/wire.ts";
import { CodeEntry } from "../pairing/code-entry.tsx";
import { Ago } from "../ui/time.tsx";
import { PluginDownload, type Readiness } from "./plugin-download.tsx";
import { PluginFolder } from "./plugin-folder.tsx";
import { reachableByGames } from "./reachable-by-games.ts";
import { Step, type StepState } from "./step.tsx";

const ALLOW_HTTP = "Allow HTTP Requests must be on (Experience Settings › Security).";

/** The way to a game that sends a key. `compact`: steps that are behind one, or not one's turn, are a line each. */
export function StepList(props: { steps: FirstSteps; compact: boolean }) {
	const navigate = useNavigate();
	const isConnected = () => props.steps.connectedAt !== null;
	const hasPlugin = () => props.steps.pluginAt !== null;
	/** A key was made by hand: there is no plugin to get. */
	const byHand = () => isConnected() && !hasPlugin();
	const ofPlugin = (): StepState => (hasPlugin() ? "done" : "now");
	const ofConnecting = (): StepState => (isConnected() ? "done" : hasPlugin() ? "now" : "later");
	const open = (state: StepState) => !props.compact || state === "now";
	const [readiness, setReadiness] = createSignal<Readiness>("asking");
	/** Somebody has the plugin, from wherever: that there is none here is no news beside a tick. */
	const noNews = () => hasPlugin() && readiness() === "absent";
	return (
		<ol class="card steps" classList={{ compact: props.compact }}>
			<Show
				when={!byHand()}
				fallback={<Step number={1} state="done" title="Generate a key" end={<Since at={props.steps.connectedAt} />} />}
			>
				<Step
					number={1}
					state={ofPlugin()}
					title="Get the plugin"
					end={
						open(ofPlugin()) && (
							<div hidden={noNews()}>
								<PluginDownload onReadiness={setReadiness} />
							</div>
						)
					}
				>
					<Show when={open(ofPlugin())}>
						<Show when={readiness() !== "absent"}>
							<p class="muted">Save it to Studio’s plugin folder. It already knows this server.</p>
						</Show>
						<Show when={!hasPlugin()}>
							<p class="muted">This ticks once you have entered the code that Studio shows.</p>
							<PluginFolder />
						</Show>
					</Show>
				</Step>
				<Step
					number={2}
					state={ofConnecting()}
					title="Click Connect in Studio"
					end={
						<Show when={!isConnected()} fallback={<Since at={props.steps.connectedAt} />}>
							<span class="muted small">Waiting for Studio…</span>
						</Show>
					}
				>
					<Show when={open(ofConnecting()) && !isConnected()}>
						<p class="muted">
							Open your place, then <span class="unbroken">Plugins › Auxvyn › Connect</span>. Type the code that it
							shows:
						</p>
						<CodeEntry onCode={(code) => navigate("/pair", { state: { code } })} />
					</Show>
				</Step>
			</Show>
			<LastStep number={byHand() ? 2 : 3} byHand={byHand()} state={isConnected() ? "now" : "later"} />
		</ol>
	);
}

function LastStep(props: { number: number; byHand: boolean; state: StepState }) {
	/** Playtests are not counted: where no published game gets to, there is nothing to wait for. */
	const canCome = () => props.byHand || reachableByGames(location.origin);
	const title = () => {
		if (props.byHand) return "Send the first request";
		return canCome() ? "Publish the place" : "Press Play in Studio";
	};
	const text = () => {
		if (props.byHand) return "Send the key as x-api-key, or as a bearer token. The first request shows up here.";
		if (canCome()) return `The first game server that starts will show up here. ${ALLOW_HTTP}`;
		return `Studio’s output says whether the key works. ${ALLOW_HTTP}`;
	};
	return (
		<Step
			number={props.number}
			state={props.state}
			title={title()}
			end={
				<Show when={canCome()}>
					<span class="muted small">{props.state === "now" ? "Waiting for the first request…" : "Not yet"}</span>
				</Show>
			}
		>
			<p class="muted">{text()}</p>
			<Show when={!canCome()}>
				<p class="muted">For published games set PUBLIC_URL in .env to a public https address.</p>
			</Show>
		</Step>
	);
}

function Since(props: { at: string | null }) {
	return (
		<Show when={props.at}>
			{(at) => (
				<span class="muted small">
					<Ago at={at()} />
				</span>
			)}
		</Show>
	);
}
