import { Type } from "typebox";

import type { Backend, BackendList, CreatedBackend } from "../../shared/wire.ts";
import { PersonRefSchema } from "../activity/refs.schema.ts";
import { nullable, Time, TimeOrNull } from "../http/schema-parts.ts";
import { wireSchema } from "../http/wire-schema.ts";

export const BackendSchema = wireSchema<Backend>()(
	Type.Object(
		{
			id: Type.String({ description: "The client id to introspect with" }),
			name: Type.String(),
			createdAt: Time,
			createdBy: nullable(PersonRefSchema),
			lastUsedAt: TimeOrNull,
		},
		{ title: "Backend" },
	),
);

export const OneBackendSchema = Type.Object({ backend: BackendSchema });

export const BackendListSchema = wireSchema<BackendList>()(Type.Object({ backends: Type.Array(BackendSchema) }));

export const CreatedBackendSchema = wireSchema<CreatedBackend>()(
	Type.Object({
		backend: BackendSchema,
		secret: Type.String({ description: "The client secret; returned only in this response" }),
	}),
);
