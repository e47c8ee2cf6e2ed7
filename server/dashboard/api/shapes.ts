import type { CreatedKey, Key, KeyList, Pairing, PersonRef, Workspace, WorkspaceList } from "../../../shared/wire.ts";
import { count, list, oneOf, orNull, record, text, time } from "./check.ts";

const person = record<PersonRef>({ id: text, name: text });

export const workspaceShape = record<Workspace>({ id: text, name: text, role: oneOf("owner", "admin", "member") });
export const workspaceListShape = record<WorkspaceList>({ workspaces: list(workspaceShape) });

export const keyShape = record<Key>({
	id: text,
	label: text,
	hint: text,
	state: oneOf("active", "revoked"),
	origin: oneOf("dashboard", "studio"),
	place: orNull(record({ placeId: orNull(text), universeId: orNull(text), name: orNull(text) })),
	createdAt: time,
	createdBy: orNull(person),
	confirmedAt: orNull(time),
	lastUsedAt: orNull(time),
	firstServerAt: orNull(time),
	lastServerAt: orNull(time),
	requests24h: count,
	revokedAt: orNull(time),
	revokedBy: orNull(person),
	revokedReason: orNull(text),
});
export const keyListShape = record<KeyList>({ keys: list(keyShape), nextCursor: orNull(text) });
export const createdKeyShape = record<CreatedKey>({ key: keyShape, secret: text });
export const renamedKeyShape = record<{ key: Key }>({ key: keyShape });

export const pairingShape = record<Pairing>({
	userCode: text,
	status: oneOf("pending", "approved", "issued", "sealed", "denied", "expired"),
	reported: record<Pairing["reported"]>({
		placeId: orNull(text),
		universeId: orNull(text),
		placeName: orNull(text),
		studioUserId: orNull(text),
		intent: oneOf("connect", "reconnect"),
	}),
	previousKey: orNull(record({ id: text, label: text, hint: text, lastUsedAt: orNull(time) })),
	createdAt: time,
	expiresAt: time,
});
