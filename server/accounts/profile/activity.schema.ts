import { Type } from "typebox";

import type { AccountEvent, AccountEventKind } from "../../../shared/wire.ts";
import { TextOrNull, Time } from "../../http/schema-parts.ts";
import { wireSchema } from "../../http/wire-schema.ts";

const EventSchema = wireSchema<AccountEvent>()(
	Type.Object({
		at: Time,
		kind: Type.Unsafe<AccountEventKind>(Type.String()),
		address: TextOrNull,
		userAgent: TextOrNull,
		count: Type.Integer(),
	}),
);

export const AccountActivitySchema = Type.Object({ events: Type.Array(EventSchema) });
