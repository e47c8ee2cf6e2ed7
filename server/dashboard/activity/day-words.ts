const DAY_MS = 24 * 60 * 60 * 1000;

/** A day on the reader's own calendar, the same for all its moments: "2026-11-12". */
export function calendarDay(time: string | number): string {
	const date = new Date(time);
	const two = (value: number) => String(value).padStart(2, "0");
	return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** "Today", "Yesterday", "Thursday 12 November", with the year where it is not this one. */
export function dayWords(day: string, now: number): string {
	if (day === calendarDay(now)) return "Today";
	if (day === calendarDay(now - DAY_MS)) return "Yesterday";
	const date = new Date(`${day}T12:00`);
	const year = date.getFullYear() === new Date(now).getFullYear() ? undefined : "numeric";
	return date.toLocaleDateString("en-GB", {
		weekday: "long",
		day: "numeric",
		month: "long",
		...(year && { year }),
	});
}
