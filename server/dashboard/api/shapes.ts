import type {
	Account,
	CreatedKey,
	FirstSteps,
	Key,
	KeyList,
	KeyRef,
	Pairing,
	PersonRef,
	Start,
	Workspace,
	WorkspaceList,
} from "../../../shared/wire.ts";
import { type Check, count, flag, list, MismatchError, oneOf, optional, orNull, record, text, time } from "./check.ts";

const yes: Check<true> = (value, path = "") => {
	if (value === true) return value;
	throw new MismatchError(path, "true");
};

export const personRefShape = record<PersonRef>({ id: text, name: text, left: optional(yes) });
export const keyRefShape = record<KeyRef>({ id: text, label: text, hint: text });

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
	createdBy: orNull(personRefShape),
	confirmedAt: orNull(time),
	lastUsedAt: orNull(time),
	firstServerAt: orNull(time),
	lastServerAt: orNull(time),
	requests24h: count,
	requests1h: count,
	hourly: list(count),
	lastRefusedAt: orNull(time),
	replacedBy: orNull(keyRefShape),
	revokedAt: orNull(time),
	revokedBy: orNull(personRefShape),
	revokedReason: orNull(text),
});
export const keyListShape = record<KeyList>({
	keys: list(keyShape),
	nextCursor: orNull(text),
	counts: optional(record({ active: count, revoked: count })),
});
export const accountShape = record<Account>({ id: text, name: text, email: text });
export const firstStepsShape = record<FirstSteps>({
	pluginAt: orNull(time),
	connectedAt: orNull(time),
	requestAt: orNull(time),
});
export const startShape = record<Start>({
	account: orNull(accountShape),
	signUp: oneOf("open", "invite", "closed"),
	mail: flag,
	workspaces: list(workspaceShape),
	keys: orNull(record({ workspaceId: text, list: keyListShape, firstSteps: firstStepsShape })),
});
export const createdKeyShape = record<CreatedKey>({ key: keyShape, secret: text });
export const oneKeyShape = record<{ key: Key }>({ key: keyShape });

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
