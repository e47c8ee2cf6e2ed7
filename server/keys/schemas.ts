import { Type } from "typebox";

import type { CreatedKey, Key, KeyList, Whoami } from "../../shared/wire.ts";
import { pin } from "../http/pin.ts";

const nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
// Said in words and not as a union or a format: the serializer would validate each against what it writes.
const TEXT_OR_NULL = ["string", "null"];
const nullableText = () => Type.Unsafe<string | null>({ type: TEXT_OR_NULL });
const nullableTime = () => Type.Unsafe<string | null>({ type: TEXT_OR_NULL, description: "ISO 8601 in UTC" });
const Time = Type.String({ description: "ISO 8601 in UTC" });
export const PersonRefSchema = Type.Object({
	id: Type.String(),
	name: Type.String(),
	left: Type.Optional(Type.Literal(true, { description: "No member of the workspace any more" })),
});
export const KeyRefSchema = Type.Object({ id: Type.String(), label: Type.String(), hint: Type.String() });

export const KeySchema = pin<Key>()(
	Type.Object({
		id: Type.String(),
		label: Type.String(),
		hint: Type.String({ description: "The key's last four characters" }),
		state: Type.Union([Type.Literal("active"), Type.Literal("revoked")]),
		origin: Type.Union([Type.Literal("dashboard"), Type.Literal("studio")]),
		place: nullable(
			Type.Object({
				placeId: nullableText(),
				universeId: nullableText(),
				name: nullableText(),
			}),
		),
		createdAt: Time,
		createdBy: nullable(PersonRefSchema),
		confirmedAt: nullableTime(),
		lastUsedAt: nullableTime(),
		firstServerAt: nullableTime(),
		lastServerAt: nullableTime(),
		requests24h: Type.Integer(),
		requests1h: Type.Integer(),
		hourly: Type.Array(Type.Integer(), { description: "Accepted in each of 24 hours, oldest first" }),
		lastRefusedAt: nullableTime(),
		replacedBy: nullable(KeyRefSchema),
		revokedAt: nullableTime(),
		revokedBy: nullable(PersonRefSchema),
		revokedReason: nullableText(),
	}),
);

export const KeyListSchema = pin<KeyList>()(
	Type.Object({
		keys: Type.Array(KeySchema),
		nextCursor: nullableText(),
		counts: Type.Optional(Type.Object({ active: Type.Integer(), revoked: Type.Integer() })),
	}),
);
export const CreatedKeySchema = pin<CreatedKey>()(Type.Object({ key: KeySchema, secret: Type.String() }));

export const WhoamiSchema = pin<Whoami>()(
	Type.Object({
		workspace: Type.Object({ id: Type.String(), name: Type.String() }),
		key: Type.Object({ id: Type.String(), label: Type.String(), lastServerAt: nullableTime() }),
	}),
);
