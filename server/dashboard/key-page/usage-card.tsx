import { createSignal, Show } from "solid-js";

import type { Key, KeyUsage, StudioUse } from "../../../shared/wire.ts";
import { number } from "../ui/format.ts";
import { FailureNotice } from "../ui/notice.tsx";
import { Segmented } from "../ui/segmented.tsx";
import { Ago } from "../ui/time.tsx";
import type { Part } from "./key-page-state.ts";
import { barsOf, type Span } from "./usage-bars.ts";
import { UsageChart } from "./usage-chart.tsx";

const SPANS: { value: Span; text: string }[] = [
	{ value: "hours", text: "24 hours" },
	{ value: "days", text: "30 days" },
];

/** A game's requests with a key: the last day by hour, or the last month by day. Then those from Studio. */
export function UsageCard(props: { key: Key; usage: Part<KeyUsage>; onRetry: () => void }) {
	const [span, setSpan] = createSignal<Span>("hours");
	return (
		<section class="card pad usage">
			<div class="card-head">
				<h2>Requests</h2>
				<Segmented legend="Time shown" hideLegend options={SPANS} value={span()} onValue={setSpan} />
			</div>
			<Show
				when={props.usage.value}
				fallback={
					<Show when={props.usage.error}>
						{(error) => <FailureNotice error={error()} onRetry={() => props.onRetry()} />}
					</Show>
				}
			>
				{(usage) => <UsageChart bars={barsOf(usage(), span())} span={span()} />}
			</Show>
			<dl class="facts usage-in-studio">
				<StudioLine name="Studio" use={props.key.studio} />
				<StudioLine name="Plugin" use={props.key.plugin} />
			</dl>
		</section>
	);
}

function StudioLine(props: { name: string; use: StudioUse }) {
	return (
		<div>
			<dt>{props.name}</dt>
			<dd>
				<Show when={props.use.lastUsedAt} fallback="never used">
					{(at) => (
						<>
							{number(props.use.requests24h)} in 24 hours, last used <Ago at={at()} />
						</>
					)}
				</Show>
			</dd>
		</div>
	);
}
