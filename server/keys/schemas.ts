import { Type } from "typebox";

const nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
const Time = Type.String({ format: "date-time" });
const Person = Type.Object({ id: Type.String(), name: Type.String() });

export const KeySchema = Type.Object({
	id: Type.String(),
	label: Type.String(),
	hint: Type.String({ description: "The key's last four characters" }),
	state: Type.Union([Type.Literal("active"), Type.Literal("revoked")]),
	origin: Type.Union([Type.Literal("dashboard"), Type.Literal("studio")]),
	place: nullable(
		Type.Object({
			placeId: nullable(Type.String()),
			universeId: nullable(Type.String()),
			name: nullable(Type.String()),
		}),
	),
	createdAt: Time,
	createdBy: nullable(Person),
	confirmedAt: nullable(Time),
	lastUsedAt: nullable(Time),
	firstServerAt: nullable(Time),
	lastServerAt: nullable(Time),
	requests24h: Type.Integer(),
	revokedAt: nullable(Time),
	revokedBy: nullable(Person),
	revokedReason: nullable(Type.String()),
});

export const WhoamiSchema = Type.Object({
	workspace: Type.Object({ id: Type.String(), name: Type.String() }),
	key: Type.Object({ id: Type.String(), label: Type.String(), lastServerAt: nullable(Time) }),
});
