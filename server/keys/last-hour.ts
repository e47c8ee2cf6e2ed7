const MINUTES = 60;
const WORD_BYTES = 4;
/** The minute that was written last, then sixty counters, each at its minute's remainder by sixty. */
const BYTES = (1 + MINUTES) * WORD_BYTES;
const MOST = 0xffff_ffff;

/** The counters with `accepted` more requests in `minute` (since 1970), unless that was an hour before the last one. */
export function addToLastHour(stored: Buffer | undefined, minute: number, accepted: number): Buffer {
	const next = stored === undefined ? Buffer.alloc(BYTES) : Buffer.from(stored);
	const written = next.readUInt32LE(0);
	if (minute <= written - MINUTES) return next;
	for (let each = Math.max(written, minute - MINUTES) + 1; each <= minute; each++)
		next.writeUInt32LE(0, offsetOf(each));
	next.writeUInt32LE(Math.max(written, minute), 0);
	const at = offsetOf(minute);
	next.writeUInt32LE(Math.min(next.readUInt32LE(at) + accepted, MOST), at);
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
