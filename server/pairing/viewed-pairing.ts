import type { Pairing } from "../../shared/wire.ts";
import { isoTime } from "../clock.ts";
import { type PairingRow, statusAt } from "./pairing-row.ts";
import { requestedFrom, type Viewer } from "./requested-from.ts";
import { formatUserCode } from "./user-code.ts";

/** A pairing as seen by one account, without the secrets that its key derives from. */
export interface ViewedPairing extends Omit<
	PairingRow,
	"device_code_hash" | "salt" | "ended_at" | "wide_network" | "widest_network" | "from_known"
> {
	/** The key that it replaces; null if it is unknown or the viewer may not manage keys in its workspace. */
	previous: PreviousKey | null;
}

export interface PreviousKey {
	id: string;
	label: string;
	hint: string;
	workspaceId: string;
	/** In milliseconds. */
	lastUsedAt: number | null;
	lastServerAt: number | null;
}

export function toPairing(viewed: ViewedPairing, viewer: Viewer, now: number): Pairing {
	const { previous } = viewed;
	return {
		userCode: formatUserCode(viewed.user_code),
		status: statusAt(viewed, now),
		reported: {
			placeId: viewed.place_id,
			universeId: viewed.universe_id,
			placeName: viewed.place_name,
			studioUserId: viewed.studio_user_id,
			intent: viewed.intent,
			...(viewed.plugin_version !== null && { pluginVersion: viewed.plugin_version }),
		},
		previousKey: previous && {
			id: previous.id,
			label: previous.label,
			hint: previous.hint,
			lastUsedAt: isoTime(previous.lastUsedAt),
			proven: viewed.proven_key_id !== null,
			lastServerAt: isoTime(previous.lastServerAt),
		},
		requestedFrom: requestedFrom(viewed, viewer),
		createdAt: isoTime(viewed.created_at),
		expiresAt: isoTime(viewed.expires_at),
	};
}
