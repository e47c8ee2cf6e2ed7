import type { Pairing } from "../../shared/wire.ts";
import { isoTime } from "../clock.ts";
import { type PairingRow, statusAt } from "./pairing-row.ts";
import { showUserCode } from "./user-code.ts";

/** A pairing as one account sees it, without what could yield its key. */
export interface ViewedPairing extends Omit<PairingRow, "device_code_hash" | "salt" | "ended_at"> {
	/** The key that Studio reported, where the viewer may manage keys in its workspace; unknown and foreign ids look alike. */
	previous: PreviousKey | null;
}

export interface PreviousKey {
	id: string;
	label: string;
	hint: string;
	workspaceId: string;
	/** Milliseconds. */
	lastUsedAt: number | null;
}

export function toPairing(viewed: ViewedPairing, now: number): Pairing {
	const { previous } = viewed;
	return {
		userCode: showUserCode(viewed.user_code),
		status: statusAt(viewed, now),
		reported: {
			placeId: viewed.place_id,
			universeId: viewed.universe_id,
			placeName: viewed.place_name,
			studioUserId: viewed.studio_user_id,
			intent: viewed.intent,
		},
		previousKey: previous && {
			id: previous.id,
			label: previous.label,
			hint: previous.hint,
			lastUsedAt: isoTime(previous.lastUsedAt),
		},
		createdAt: isoTime(viewed.created_at),
		expiresAt: isoTime(viewed.expires_at),
	};
}
