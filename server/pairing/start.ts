import type { PairingIntent } from "../../shared/wire.ts";
import { ProblemError } from "../http/problem.ts";
import { newId } from "../ids.ts";
import type { Storage } from "../storage/storage.ts";
import { deviceCodeHash, newDeviceCode } from "./device-code.ts";
import { newUserCode } from "./user-code.ts";

const MOST_LIVE_PAIRINGS = 20_000;

/** What Studio says of itself; none of it is verified. */
export interface Reported {
	intent: PairingIntent;
	placeId: string | null;
	universeId: string | null;
	placeName: string | null;
	studioUserId: string | null;
	keyId: string | null;
}

export interface StartedPairing {
	deviceCode: string;
	userCode: string;
}

/** Opens a pairing (RFC 8628 §3.1). */
export async function startPairing(storage: Storage, reported: Reported, ttlSeconds: number): Promise<StartedPairing> {
	const deviceCode = newDeviceCode();
	const userCode = await storage.write(({ db, now }) => {
		const live = db
			.prepare<[number], number>("SELECT count(*) FROM pairing WHERE ended_at IS NULL AND expires_at > ?")
			.pluck();
		if ((live.get(now) ?? 0) >= MOST_LIVE_PAIRINGS) {
			throw new ProblemError(503, "too_many_pairings", "Too many pairings are open just now. Try again in a minute.", {
				headers: { "Retry-After": "60" },
			});
		}
		const insert = db.prepare(`
			INSERT INTO pairing (id, device_code_hash, user_code, status, intent, place_id, universe_id, place_name,
				studio_user_id, reported_key_id, created_at, expires_at)
			VALUES (:id, :hash, :userCode, 'pending', :intent, :placeId, :universeId, :placeName,
				:studioUserId, :keyId, :now, :expiresAt)
			ON CONFLICT (user_code) DO NOTHING`);
		for (;;) {
			const code = newUserCode();
			const values = { ...reported, id: newId("pair"), hash: deviceCodeHash(deviceCode), userCode: code, now };
			if (insert.run({ ...values, expiresAt: now + ttlSeconds * 1000 }).changes === 1) return code;
		}
	});
	return { deviceCode, userCode };
}
