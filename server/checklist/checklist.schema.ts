import { Type } from "typebox";

import type { ChecklistItem } from "../../shared/wire.ts";
import { KeyRefSchema, PersonRefSchema } from "../activity/refs.schema.ts";
import { nullable, TimeOrNull } from "../http/schema-parts.ts";
import { wireSchema } from "../http/wire-schema.ts";

const ItemSchema = wireSchema<ChecklistItem>()(
	Type.Object(
		{
			id: Type.String(),
			state: Type.Union([Type.Literal("good"), Type.Literal("attention"), Type.Literal("asked")]),
			count: Type.Integer({ description: "The number of affected keys" }),
			keys: Type.Array(KeyRefSchema, { description: "The first few affected keys" }),
			answeredAt: TimeOrNull,
			answeredBy: nullable(PersonRefSchema),
		},
		{ title: "ChecklistItem" },
	),
);

export const OneItemSchema = Type.Object({ item: ItemSchema });
export const ItemListSchema = Type.Object({ items: Type.Array(ItemSchema) });
