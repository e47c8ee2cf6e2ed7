import type { KeyUsage } from "../../../shared/wire.ts";
import { day, number, time } from "../ui/format.ts";

export type Span = "hours" | "days";

/** One bar of the chart: an hour, or a local calendar day. */
export interface Bar {
	/** Start time, ISO 8601. */
	from: string;
	accepted: number;
	refused: number;
}

const HOUR_MS = 3_600_000;
const BARS: Record<Span, number> = { hours: 24, days: 30 };

export function barsOf(usage: KeyUsage, span: Span): Bar[] {
	const hours = usage.accepted.map((accepted, index) => ({
		from: new Date(Date.parse(usage.from) + index * HOUR_MS).toISOString(),
		accepted,
		refused: usage.refused[index] ?? 0,
	}));
	return (span === "hours" ? hours : byDay(hours)).slice(-BARS[span]);
}

function byDay(hours: Bar[]): Bar[] {
	const days = new Map<string, Bar>();
	for (const hour of hours) {
		const date = new Date(hour.from).toDateString();
		const known = days.get(date);
		if (known === undefined) days.set(date, { ...hour });
		else {
			known.accepted += hour.accepted;
			known.refused += hour.refused;
		}
	}
	return [...days.values()];
}

/** "14:00–15:00", "12 Nov" */
export function periodText(bar: Bar, span: Span, now: number): string {
	if (span === "days") return day(bar.from, now);
	return `${time(bar.from)}–${time(new Date(Date.parse(bar.from) + HOUR_MS).toISOString())}`;
}

/** "61 accepted, 3 refused" */
export function countText({ accepted, refused }: Pick<Bar, "accepted" | "refused">): string {
	const text = `${number(accepted)} accepted`;
	return refused === 0 ? text : `${text}, ${number(refused)} refused`;
}

export function total(bars: Bar[]): { accepted: number; refused: number } {
	return bars.reduce(
		(sum, { accepted, refused }) => ({ accepted: sum.accepted + accepted, refused: sum.refused + refused }),
		{ accepted: 0, refused: 0 },
	);
}

/** The first hour with an accepted request, if the usage covers the key's whole life. */
export function firstUse(usage: KeyUsage, createdAt: string): Bar | undefined {
	const from = Date.parse(usage.from);
	if (Date.parse(createdAt) < from) return undefined;
	const index = usage.accepted.findIndex((accepted) => accepted > 0);
	const at = new Date(from + index * HOUR_MS).toISOString();
	return index === -1 ? undefined : { from: at, accepted: usage.accepted[index] ?? 0, refused: 0 };
}
