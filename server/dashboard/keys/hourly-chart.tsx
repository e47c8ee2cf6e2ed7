import { createMemo } from "solid-js";

import { chartWords } from "./chart-words.ts";
import { currentHour } from "./current-hour.ts";

const HEIGHT = 26;
const BAR_WIDTH = 4;
const STEP = 6;
/** What is seen of an hour without requests. */
const LEAST_HEIGHT = 1.5;
/** Fewer requests an hour than this do not look like many. */
const LEAST_SCALE = 10;

/** A key's last 24 hours, each a bar as high as its share of the busiest. */
export function HourlyChart(props: { hourly: number[]; requests: number }) {
	const bars = createMemo(() => {
		const most = Math.max(LEAST_SCALE, ...props.hourly);
		return props.hourly
			.map((count, index) => {
				const height = Math.max(LEAST_HEIGHT, (count / most) * HEIGHT);
				return `M${index * STEP + BAR_WIDTH / 2} ${HEIGHT}v-${height.toFixed(1)}`;
			})
			.join("");
	});
	return (
		<svg
			class="spark"
			role="img"
			aria-label={chartWords(props.hourly, props.requests, currentHour())}
			viewBox={`0 0 ${props.hourly.length * STEP - (STEP - BAR_WIDTH)} ${HEIGHT}`}
		>
			<path d={bars()} stroke-width={BAR_WIDTH} />
		</svg>
	);
}
