import { number, time } from "../ui/format.ts";

const HOUR_MS = 3_600_000;

/** "48,213 requests in 24 hours, most at 14:00". `hour`: the last one, in hours since 1970. */
export function chartText(hourly: number[], requests: number, hour: number): string {
	if (requests === 0) return "No requests in 24 hours";
	const busiest = hourly.indexOf(Math.max(...hourly));
	const at = new Date((hour - hourly.length + 1 + busiest) * HOUR_MS).toISOString();
	return `${number(requests)} ${requests === 1 ? "request" : "requests"} in 24 hours, most at ${time(at)}`;
}
