import { Type } from "typebox";

import type { CreatedKey, Key, KeyList, Retirement, StudioUse, WaitingCode, WaitingFor } from "../../../shared/wire.ts";
import { KeyRefSchema, PersonRefSchema } from "../../activity/refs.schema.ts";
import { nullable, TextOrNull, Time, TimeOrNull } from "../../http/schema-parts.ts";
import { wireSchema } from "../../http/wire-schema.ts";
import { RetirementStateSchema } from "../authenticate/whoami.schema.ts";

const StudioUseSchema = (description: string) =>
	wireSchema<StudioUse>()(Type.Object({ lastUsedAt: TimeOrNull, requests24h: Type.Integer() }, { description }));

// A plain string: the dashboard must understand a newer server, whose reasons it does not know.
const WaitingCodeSchema = Type.Unsafe<WaitingCode>({
	type: "string",
	description: "in_use, no_newer_version, same_version, no_server_headers, no_heartbeat, silence or too_many_places",
});

const WaitingForSchema = wireSchema<WaitingFor>()(
	Type.Object(
		{
			code: WaitingCodeSchema,
			placeId: TextOrNull,
			placeVersion: nullable(Type.Integer()),
			servers: Type.Integer({ description: "Live ones" }),
			lastSeenAt: TimeOrNull,
		},
		{ title: "WaitingFor" },
	),
);
export const WaitingForListSchema = Type.Array(WaitingForSchema);

const RetirementSchema = wireSchema<Retirement>()(
	Type.Object(
		{
			since: Time,
			by: nullable(PersonRefSchema),
			replacedBy: nullable(KeyRefSchema),
			state: RetirementStateSchema,
			waitingFor: WaitingForListSchema,
		},
		{ title: "Retirement" },
	),
);

export const KeySchema = wireSchema<Key>()(
	Type.Object(
		{
			id: Type.String(),
			label: Type.String(),
			hint: Type.String({ description: "The key's last four characters" }),
			state: Type.Union([Type.Literal("active"), Type.Literal("revoked")]),
			origin: Type.Union([Type.Literal("dashboard"), Type.Literal("studio")]),
			place: nullable(Type.Object({ placeId: TextOrNull, universeId: TextOrNull, name: TextOrNull })),
			createdAt: Time,
			createdBy: nullable(PersonRefSchema),
			confirmedAt: TimeOrNull,
			lastUsedAt: TimeOrNull,
			firstServerAt: TimeOrNull,
			lastServerAt: TimeOrNull,
			requests24h: Type.Integer(),
			requests1h: Type.Integer(),
			hourly: Type.Array(Type.Integer(), {
				description: "Accepted requests in each of the last 24 hours, oldest first",
			}),
			studio: StudioUseSchema("Use by playtests in Studio, counted apart from the game's"),
			plugin: StudioUseSchema("Use by the plugin, counted apart from the game's"),
			liveServers: Type.Integer({ description: "Game servers heard from within three minutes" }),
			lastRefusedAt: TimeOrNull,
			retirement: nullable(RetirementSchema),
			replacedBy: nullable(KeyRefSchema),
			revokedAt: TimeOrNull,
			revokedBy: nullable(PersonRefSchema),
			revokedReason: TextOrNull,
		},
		{ title: "Key" },
	),
);

export const OneKeySchema = Type.Object({ key: KeySchema });

export const KeyListSchema = wireSchema<KeyList>()(
	Type.Object(
		{
			keys: Type.Array(KeySchema),
			nextCursor: TextOrNull,
			counts: Type.Optional(Type.Object({ active: Type.Integer(), revoked: Type.Integer() })),
		},
		{ title: "KeyList" },
	),
);

export const CreatedKeySchema = wireSchema<CreatedKey>()(Type.Object({ key: KeySchema, secret: Type.String() }));

/** Path parameters of a key. */
export const KeyParams = Type.Object({ workspaceId: Type.String(), keyId: Type.String() });
