import { Type } from "typebox";

import type { ActivityKind, ActivityList } from "../../shared/wire.ts";
import { pin } from "../http/pin.ts";
import { KeyRefSchema, PersonRefSchema } from "../keys/schemas.ts";

const nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
// In words and not as a union of literals: the serializer would try each of them on each entry.
const Kind = Type.Unsafe<ActivityKind>({ type: "string", description: "What happened: key.created, person.joined, …" });

export const ActivityListSchema = pin<ActivityList>()(
	Type.Object({
		entries: Type.Array(
			Type.Object({
				id: Type.String(),
				at: Type.String({ description: "ISO 8601 in UTC" }),
				kind: Kind,
				actor: nullable(PersonRefSchema),
				address: Type.Unsafe<string | null>({ type: ["string", "null"] }),
				key: nullable(KeyRefSchema),
				person: nullable(PersonRefSchema),
				detail: Type.Record(Type.String(), Type.String()),
			}),
		),
		nextCursor: Type.Unsafe<string | null>({ type: ["string", "null"] }),
	}),
);
