import { type JSX, Show } from "solid-js";

import type { Pairing } from "../../../shared/wire.ts";
import { now } from "../ui/clock.ts";
import { Ago } from "../ui/time.tsx";
import { networkText } from "./network-notice.tsx";
import { PluginInStudio } from "./plugin-in-studio.tsx";

/** What Studio reported. Anyone could send the same. */
export function Reported(props: { pairing: Pairing }) {
	const reported = () => props.pairing.reported;
	return (
		<dl>
			<Detail name="Place" value={reported().placeName ?? "unnamed"} />
			<Show when={reported().placeId} fallback={<Detail name="Place ID" value="not published yet" />}>
				{(id) => <Detail name="Place ID" value={<span class="mono">{id()}</span>} />}
			</Show>
			<Show when={reported().universeId}>
				{(id) => <Detail name="Universe ID" value={<span class="mono">{id()}</span>} />}
			</Show>
			<Show when={reported().studioUserId}>
				{(id) => <Detail name="Studio user" value={<span class="mono">{id()}</span>} />}
			</Show>
			<Show when={reported().pluginVersion}>
				{(version) => <Detail name="Plugin" value={<PluginInStudio version={version()} />} />}
			</Show>
			<Detail name="From" value={networkText(props.pairing.requestedFrom)} />
			<Show when={props.pairing.requestedFrom.sameAsYours !== true && props.pairing.requestedFrom.userAgent}>
				{(agent) => <Detail name="Program" value={agent()} />}
			</Show>
			<Detail
				name="Requested"
				value={
					<>
						<Ago at={props.pairing.createdAt} />
						<span class="muted">, {timeLeft(props.pairing.expiresAt, now())}</span>
					</>
				}
			/>
		</dl>
	);
}

function Detail(props: { name: string; value: JSX.Element }) {
	return (
		<>
			<dt>{props.name}</dt>
			<dd>{props.value}</dd>
		</>
	);
}

function timeLeft(expiresAt: string, now: number): string {
	const seconds = Math.max(0, Math.round((Date.parse(expiresAt) - now) / 1000));
	if (seconds < 60) return `expires in ${seconds} s`;
	return `expires in ${Math.round(seconds / 60)} min`;
}
