const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Relative time: "4 s ago", "18 min ago", "3 days ago", "12 Nov". */
export function ago(iso: string, now: number): string {
	const elapsed = Math.max(0, now - Date.parse(iso));
	if (elapsed < 2 * SECOND_MS) return "just now";
	if (elapsed < MINUTE_MS) return `${Math.floor(elapsed / SECOND_MS)} s ago`;
	if (elapsed < HOUR_MS) return `${Math.floor(elapsed / MINUTE_MS)} min ago`;
	if (elapsed < DAY_MS) return `${Math.floor(elapsed / HOUR_MS)} h ago`;
	const days = calendarDay(now) - calendarDay(Date.parse(iso));
	if (days === 1) return "yesterday";
	if (days < 14) return `${days} days ago`;
	return day(iso, now);
}

/** Counts the reader's calendar days, of which a change to or from summer time makes some longer or shorter. */
function calendarDay(milliseconds: number): number {
	const date = new Date(milliseconds);
	return Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / DAY_MS;
}

/** "12 Nov", with the year if it is not the current one. */
export function day(iso: string, now: number): string {
	const date = new Date(iso);
	const year = date.getFullYear() === new Date(now).getFullYear() ? undefined : "numeric";
	return date.toLocaleDateString("en-GB", { day: "numeric", month: "short", ...(year && { year }) });
}

/** "14:05" */
export function time(iso: string): string {
	return new Date(iso).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
}

/** Full date and time: "12 Nov 2026, 14:02:31". */
export function timestamp(iso: string): string {
	return new Date(iso).toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "medium" });
}

export function number(value: number): string {
	return value.toLocaleString("en-US");
}

/** "Rin Moonlit" → "RM" */
export function initials(name: string): string {
	const words = name.trim().split(/\s+/);
	const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => [...(word ?? "")][0] ?? "");
	return letters.join("").toUpperCase() || "?";
}
