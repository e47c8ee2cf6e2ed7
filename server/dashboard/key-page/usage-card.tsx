import { createSignal, Show } from "solid-js";

import type { KeyUsage } from "../../../shared/wire.ts";
import { FailureNotice } from "../ui/notice.tsx";
import { Segmented } from "../ui/segmented.tsx";
import type { Part } from "./key-page-state.ts";
import { barsOf, type Span } from "./usage-bars.ts";
import { UsageChart } from "./usage-chart.tsx";

const SPANS: { value: Span; text: string }[] = [
	{ value: "hours", text: "24 hours" },
	{ value: "days", text: "30 days" },
];

/** A key's requests: the last day by hour, or the last month by day. */
export function UsageCard(props: { usage: Part<KeyUsage>; onRetry: () => void }) {
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
		</section>
	);
}
