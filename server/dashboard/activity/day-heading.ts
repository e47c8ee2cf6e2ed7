const DAY_MS = 24 * 60 * 60 * 1000;

/** The local calendar day: "2026-11-12". */
export function calendarDay(time: string | number): string {
	const date = new Date(time);
	const pad = (value: number) => String(value).padStart(2, "0");
	return `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
}

/** "Today", "Yesterday", "Thursday 12 November", with the year if it is not the current one. */
export function dayHeading(day: string, now: number): string {
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
