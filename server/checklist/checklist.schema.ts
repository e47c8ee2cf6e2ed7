import { Type } from "typebox";

import type { ChecklistItem } from "../../shared/wire.ts";
import { KeyRefSchema, PersonRefSchema } from "../activity/refs.schema.ts";
import { nullable, TimeOrNull } from "../http/schema-parts.ts";
import { wireSchema } from "../http/wire-schema.ts";

export const ItemSchema = wireSchema<ChecklistItem>()(
	Type.Object({
		id: Type.String(),
		state: Type.Union([Type.Literal("good"), Type.Literal("attention"), Type.Literal("asked")]),
		count: Type.Integer({ description: "How many keys it concerns" }),
		keys: Type.Array(KeyRefSchema, { description: "The first few of them" }),
		answeredAt: TimeOrNull,
		answeredBy: nullable(PersonRefSchema),
	}),
);
