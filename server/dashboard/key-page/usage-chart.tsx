import { createSignal, Index, Show } from "solid-js";

import { now } from "../ui/clock.ts";
import { number } from "../ui/format.ts";
import { type Bar, countText, periodText, type Span, total } from "./usage-bars.ts";

const SPAN_TEXT: Record<Span, { all: string; one: string; first: string; last: string }> = {
	hours: { all: "in 24 hours", one: "Hour", first: "24 h ago", last: "now" },
	days: { all: "in 30 days", one: "Day", first: "30 days ago", last: "today" },
};

/** A stacked bar chart. The line above shows the bar under the pointer or chosen by arrow keys, else the total. */
export function UsageChart(props: { bars: Bar[]; span: Span }) {
	const [cursor, setCursor] = createSignal<number>();
	const text = () => SPAN_TEXT[props.span];
	const most = () => Math.max(1, ...props.bars.map(({ accepted, refused }) => accepted + refused));
	const sum = () => total(props.bars);
	const selected = () => {
		const index = cursor();
		return index === undefined ? undefined : props.bars[index];
	};
	const share = (count: number) => `${(100 * count) / most()}%`;
	const last = () => props.bars.length - 1;
	const move = (event: KeyboardEvent) => {
		const at = cursor() ?? last();
		const target = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: last() }[event.key];
		if (target === undefined) return;
		event.preventDefault();
		setCursor(Math.min(last(), Math.max(0, target)));
	};
	const readOut = (bar: Bar) => `${periodText(bar, props.span, now())}: ${countText(bar)}`;

	return (
		<>
			<p class="usage-figure">
				<Show
					when={selected()}
					fallback={
						<>
							<Figure {...sum()} /> <span class="muted">{text().all}</span>
						</>
					}
				>
					{(bar) => (
						<>
							<Figure {...bar()} /> <span class="muted">{periodText(bar(), props.span, now())}</span>
						</>
					)}
				</Show>
			</p>
			<div
				class="usage-chart"
				role="slider"
				tabindex="0"
				aria-label={`Requests by ${text().one.toLowerCase()}`}
				aria-valuemin={1}
				aria-valuemax={props.bars.length}
				aria-valuenow={(cursor() ?? last()) + 1}
				aria-valuetext={readOut(selected() ?? props.bars[last()] ?? { from: "", accepted: 0, refused: 0 })}
				onKeyDown={move}
				onFocus={() => setCursor(last())}
				onBlur={() => setCursor(undefined)}
				onPointerLeave={() => setCursor(undefined)}
			>
				<Show when={sum().accepted + sum().refused > 0}>
					<span class="usage-most num">{number(most())}</span>
				</Show>
				<Index each={props.bars}>
					{(bar, index) => (
						<div classList={{ "usage-bar": true, pointed: cursor() === index }} onPointerEnter={() => setCursor(index)}>
							<Show when={bar().refused > 0}>
								<i class="refused" style={{ height: share(bar().refused) }} />
							</Show>
							<i class="accepted" style={{ height: share(bar().accepted) }} />
						</div>
					)}
				</Index>
			</div>
			<p class="usage-axis" aria-hidden="true">
				<span>{text().first}</span>
				<span>{text().last}</span>
			</p>
			<div class="sr-only">
				<table>
					<caption>Requests {text().all}</caption>
					<thead>
						<tr>
							<th scope="col">{text().one}</th>
							<th scope="col">Accepted</th>
							<th scope="col">Refused</th>
						</tr>
					</thead>
					<tbody>
						<Index each={props.bars}>
							{(bar) => (
								<tr>
									<th scope="row">{periodText(bar(), props.span, now())}</th>
									<td>{number(bar().accepted)}</td>
									<td>{number(bar().refused)}</td>
								</tr>
							)}
						</Index>
					</tbody>
				</table>
			</div>
		</>
	);
}

function Figure(props: { accepted: number; refused: number }) {
	return (
		<>
			<strong>{number(props.accepted)}</strong> accepted
			<Show when={props.refused > 0}>
				, <strong class="wrong">{number(props.refused)}</strong> refused
			</Show>
		</>
	);
}
