import { Type } from "typebox";

import type { ActivityKind, ActivityList } from "../../shared/wire.ts";
import { nullable, TextOrNull, Texts, Time } from "../http/schema-parts.ts";
import { wireSchema } from "../http/wire-schema.ts";
import { KeyRefSchema, PersonRefSchema } from "./refs.schema.ts";

// A plain string instead of a union of literals, which the serializer would try one by one for each entry.
const Kind = Type.Unsafe<ActivityKind>({ type: "string", description: "What happened: key.created, person.joined, …" });

export const ActivityListSchema = wireSchema<ActivityList>()(
	Type.Object({
		entries: Type.Array(
			Type.Object({
				id: Type.String(),
				at: Time,
				kind: Kind,
				actor: nullable(PersonRefSchema),
				address: TextOrNull,
				key: nullable(KeyRefSchema),
				person: nullable(PersonRefSchema),
				detail: Texts,
			}),
		),
		nextCursor: TextOrNull,
	}),
);
