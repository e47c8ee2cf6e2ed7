import { Type } from "typebox";

import type { GameServerList, KeyDetails, KeyUsage, Rotation, ServerSummary } from "../../../shared/wire.ts";
import { describedTime, nullable, Time, TimeOrNull } from "../../http/schema-parts.ts";
import { wireSchema } from "../../http/wire-schema.ts";
import { KeySchema, WaitingForListSchema } from "./keys.schema.ts";

export const GameServerListSchema = wireSchema<GameServerList>()(
	Type.Object({
		servers: Type.Array(
			Type.Object({
				jobId: Type.String(),
				placeId: Type.String(),
				placeVersion: Type.Integer(),
				firstSeenAt: Time,
				lastSeenAt: Time,
				requests: Type.Integer(),
			}),
			{ description: "Seen last first" },
		),
		truncated: Type.Boolean({ description: "There were more within 14 days" }),
	}),
);

const ServerSummarySchema = wireSchema<ServerSummary>()(
	Type.Object(
		{
			versions: Type.Array(
				Type.Object({
					placeId: Type.String(),
					placeVersion: Type.Integer(),
					live: Type.Integer({ description: "Heard from within three minutes" }),
					silent: Type.Integer({
						description: "Not heard from since, although they have not said that they are closing",
					}),
					firstSeenAt: Time,
					lastSeenAt: Time,
				}),
			),
			truncated: Type.Boolean(),
			live: Type.Integer(),
			lastWithoutServerAt: TimeOrNull,
			withoutServer1h: Type.Integer({ description: "Requests in the last 60 minutes that named no game server" }),
		},
		{ title: "ServerSummary" },
	),
);

const RotationSchema = wireSchema<Rotation>()(
	Type.Object(
		{
			waitingFor: WaitingForListSchema,
			silentMinutes: Type.Integer({ description: "Of the 30 minutes of silence" }),
			servers: ServerSummarySchema,
		},
		{ title: "Rotation" },
	),
);

export const KeyDetailsSchema = wireSchema<KeyDetails>()(
	Type.Object({
		key: KeySchema,
		replaces: nullable(KeySchema, { description: "The key it replaced" }),
		replacement: nullable(KeySchema, { description: "The newest key that replaced it" }),
		servers: ServerSummarySchema,
		rotation: nullable(RotationSchema, { description: "What is left before it is safe to revoke" }),
	}),
);

const Hours = (description: string) => Type.Array(Type.Integer(), { description });
export const KeyUsageSchema = wireSchema<KeyUsage>()(
	Type.Object({
		from: describedTime("The start of the first hour, ISO 8601 in UTC"),
		accepted: Hours("Accepted requests in each of 720 hours, oldest first; the last is the current hour"),
		refused: Hours("Requests refused after the key was revoked"),
	}),
);
