import { createSignal, Index, Show } from "solid-js";

import { now } from "../ui/clock.ts";
import { number } from "../ui/format.ts";
import { type Bar, countWords, type Span, total, whenWords } from "./usage-bars.ts";

const SPAN_WORDS: Record<Span, { all: string; one: string; first: string; last: string }> = {
	hours: { all: "in 24 hours", one: "Hour", first: "24 h ago", last: "now" },
	days: { all: "in 30 days", one: "Day", first: "30 days ago", last: "today" },
};

/** Bars by outcome. The pointer, or the arrow keys, read out one of them in the line above; else it says the sum. */
export function UsageChart(props: { bars: Bar[]; span: Span }) {
	const [cursor, setCursor] = createSignal<number>();
	const words = () => SPAN_WORDS[props.span];
	const most = () => Math.max(1, ...props.bars.map(({ accepted, refused }) => accepted + refused));
	const sum = () => total(props.bars);
	const pointed = () => {
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
	const readOut = (bar: Bar) => `${whenWords(bar, props.span, now())}: ${countWords(bar)}`;

	return (
		<>
			<p class="usage-figure">
				<Show
					when={pointed()}
					fallback={
						<>
							<Figure {...sum()} /> <span class="muted">{words().all}</span>
						</>
					}
				>
					{(bar) => (
						<>
							<Figure {...bar()} /> <span class="muted">{whenWords(bar(), props.span, now())}</span>
						</>
					)}
				</Show>
			</p>
			<div
				class="usage-chart"
				role="slider"
				tabindex="0"
				aria-label={`Requests by ${words().one.toLowerCase()}`}
				aria-valuemin={1}
				aria-valuemax={props.bars.length}
				aria-valuenow={(cursor() ?? last()) + 1}
				aria-valuetext={readOut(pointed() ?? props.bars[last()] ?? { from: "", accepted: 0, refused: 0 })}
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
				<span>{words().first}</span>
				<span>{words().last}</span>
			</p>
			<div class="sr-only">
				<table>
					<caption>Requests {words().all}</caption>
					<thead>
						<tr>
							<th scope="col">{words().one}</th>
							<th scope="col">Accepted</th>
							<th scope="col">Refused</th>
						</tr>
					</thead>
					<tbody>
						<Index each={props.bars}>
							{(bar) => (
								<tr>
									<th scope="row">{whenWords(bar(), props.span, now())}</th>
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
