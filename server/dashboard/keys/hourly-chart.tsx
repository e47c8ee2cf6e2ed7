import { createMemo } from "solid-js";

import { chartText } from "./chart-text.ts";
import { currentHour } from "./current-hour.ts";

const HEIGHT = 26;
const BAR_WIDTH = 4;
const STEP = 6;
/** The bar of an hour without requests. */
const MIN_HEIGHT = 1.5;
/** Keeps a few requests from looking like many. */
const MIN_SCALE = 10;

/** A key's last 24 hours as bars, relative to the busiest hour. */
export function HourlyChart(props: { hourly: number[]; requests: number }) {
	const bars = createMemo(() => {
		const max = Math.max(MIN_SCALE, ...props.hourly);
		return props.hourly
			.map((count, index) => {
				const height = Math.max(MIN_HEIGHT, (count / max) * HEIGHT);
				return `M${index * STEP + BAR_WIDTH / 2} ${HEIGHT}v-${height.toFixed(1)}`;
			})
			.join("");
	});
	return (
		<svg
			class="spark"
			role="img"
			aria-label={chartText(props.hourly, props.requests, currentHour())}
			viewBox={`0 0 ${props.hourly.length * STEP - (STEP - BAR_WIDTH)} ${HEIGHT}`}
		>
			<path d={bars()} stroke-width={BAR_WIDTH} />
		</svg>
	);
}
