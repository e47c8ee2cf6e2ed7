const MINUTES = 60;
const WORD_BYTES = 4;
/** The minute that was written last, then sixty counters, each at its minute's remainder by sixty. */
const BYTES = (1 + MINUTES) * WORD_BYTES;
const MOST = 0xffff_ffff;

/** The counters with `accepted` more requests in `minute` (since 1970). What is older than an hour by then is dropped. */
export function addToLastHour(stored: Buffer | undefined, minute: number, accepted: number): Buffer {
	const next = Buffer.alloc(BYTES);
	const written = stored?.readUInt32LE(0) ?? 0;
	const latest = Math.max(written, minute);
	next.writeUInt32LE(latest, 0);
	for (let each = latest - MINUTES + 1; each <= latest; each++) {
		const count = (stored === undefined ? 0 : countIn(stored, each)) + (each === minute ? accepted : 0);
		next.writeUInt32LE(Math.min(count, MOST), offsetOf(each));
	}
	return next;
}

/** How many requests there were in the sixty minutes up to `minute`, which is not over. */
export function lastHourAt(stored: Buffer | null, minute: number): number {
	if (stored === null) return 0;
	let sum = 0;
	for (let each = minute - MINUTES + 1; each <= minute; each++) sum += countIn(stored, each);
	return sum;
}

function countIn(stored: Buffer, minute: number): number {
	const written = stored.readUInt32LE(0);
	return minute > written || minute <= written - MINUTES ? 0 : stored.readUInt32LE(offsetOf(minute));
}

function offsetOf(minute: number): number {
	return (1 + (minute % MINUTES)) * WORD_BYTES;
}
