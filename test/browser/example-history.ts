import Database from "better-sqlite3";

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const HOURS = 30 * 24;

export interface ExampleKeyHistory {
	label: string;
	createdDaysAgo: number;
	/** Requests per hour on a busy evening. */
	peak: number;
	/** Traffic as a share of the usual, by age in hours: a key being replaced fades. */
	fade?: (age: number) => number;
	/** Refused requests in each of the last hours, after its revocation. */
	refusedPerHour?: number;
}

/**
 * Writes a month of usage into a running server's database, with more players in the evenings and at weekends. For
 * screenshots and for tests that need history.
 */
export function insertHistory(
	databasePath: string,
	workspaceId: string,
	histories: readonly ExampleKeyHistory[],
): void {
	const db = new Database(databasePath, { timeout: 5_000 });
	const nowHour = Math.floor(Date.now() / HOUR_MS);
	const nowMinute = Math.floor(Date.now() / MINUTE_MS);
	const countMinute = db.prepare(`
		INSERT INTO key_minute (span, key_id, minute, accepted) VALUES (:span, :id, :minute, :accepted)
		ON CONFLICT (span, key_id, minute) DO UPDATE SET accepted = accepted + excluded.accepted`);
	const keyId = db
		.prepare<[string, string], string>("SELECT id FROM api_key WHERE workspace_id = ? AND label = ?")
		.pluck();
	const backdate = db.prepare("UPDATE api_key SET created_at = ? WHERE id = ?");
	const count = db.prepare(`
		INSERT INTO key_usage (key_id, hour, accepted, refused) VALUES (?, ?, ?, ?)
		ON CONFLICT (key_id, hour) DO UPDATE SET accepted = accepted + excluded.accepted, refused = refused + excluded.refused`);
	db.transaction(() => {
		for (const { label, createdDaysAgo, peak, fade = () => 1, refusedPerHour = 0 } of histories) {
			const id = keyId.get(workspaceId, label);
			if (id === undefined) throw new Error(`The example has no key ${label}.`);
			const perMinute = Math.round((peak * traffic(nowHour) * fade(0.5)) / 60);
			for (let age = 59; age >= 0; age--) countMinute.run({ id, ...minuteAt(nowMinute - age), accepted: perMinute });
			backdate.run(Date.now() - createdDaysAgo * 24 * HOUR_MS, id);
			for (let age = Math.min(HOURS - 1, Math.floor(createdDaysAgo * 24)); age > 0; age--) {
				const accepted = Math.round(peak * traffic(nowHour - age) * fade(age));
				const refused = age < 8 ? refusedPerHour : 0;
				if (accepted + refused > 0) count.run(id, nowHour - age, accepted, refused);
			}
		}
	}).immediate();
	db.close();
}

function minuteAt(minute: number): { minute: number; span: number } {
	return { minute, span: Math.floor(minute / 10) };
}

/** Between 0.08 and 1: more in the evenings and at weekends, with some variation. */
function traffic(hour: number): number {
	const evening = 0.5 - 0.5 * Math.cos(((hour - 5) / 24) * 2 * Math.PI);
	const weekend = Math.floor(hour / 24 + 4) % 7 >= 5 ? 1 : 0.72;
	const variation = 0.85 + 0.15 * Math.sin(hour * 12.9898);
	return 0.08 + 0.92 * evening * weekend * variation;
}
