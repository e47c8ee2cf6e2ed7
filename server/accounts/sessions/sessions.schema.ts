import { Type } from "typebox";

import type { AccountSession } from "../../../shared/wire.ts";
import { TextOrNull, Time } from "../../http/schema-parts.ts";
import { wireSchema } from "../../http/wire-schema.ts";

const SessionSchema = wireSchema<AccountSession>()(
	Type.Object(
		{
			id: Type.String(),
			current: Type.Boolean(),
			createdAt: Time,
			lastSeenAt: Time,
			address: TextOrNull,
			userAgent: TextOrNull,
		},
		{ title: "Session" },
	),
);

export const SessionListSchema = Type.Object({ sessions: Type.Array(SessionSchema) });
