import { Type } from "typebox";

import type { Pairing } from "../../shared/wire.ts";
import { describedTime, nullable, TextOrNull, Time, TimeOrNull } from "../http/schema-parts.ts";
import { wireSchema } from "../http/wire-schema.ts";

const Status = Type.Union([
	Type.Literal("pending"),
	Type.Literal("approved"),
	Type.Literal("issued"),
	Type.Literal("sealed"),
	Type.Literal("denied"),
	Type.Literal("expired"),
]);

export const PairingSchema = wireSchema<Pairing>()(
	Type.Object(
		{
			userCode: Type.String({ description: "XXXX-XXXX" }),
			status: Status,
			reported: Type.Object({
				placeId: TextOrNull,
				universeId: TextOrNull,
				placeName: TextOrNull,
				studioUserId: TextOrNull,
				intent: Type.Union([Type.Literal("connect"), Type.Literal("reconnect")]),
				pluginVersion: Type.Optional(
					Type.String({ description: "Of the plugin. Absent if the client did not say it" }),
				),
			}),
			previousKey: nullable(
				Type.Object({
					id: Type.String(),
					label: Type.String(),
					hint: Type.String(),
					lastUsedAt: TimeOrNull,
					proven: Type.Boolean({
						description: "The client sent the key itself; only then can the pairing retire or revoke it",
					}),
					lastServerAt: TimeOrNull,
				}),
			),
			requestedFrom: Type.Object({
				network: TextOrNull,
				sameAsYours: nullable(
					Type.Boolean({ description: "Whether the request came from your network; null if that cannot be told" }),
				),
				userAgent: TextOrNull,
			}),
			createdAt: Time,
			expiresAt: describedTime("The deadline for the approval, then for the key's first use"),
		},
		{ title: "Pairing" },
	),
);
