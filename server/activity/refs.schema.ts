import { Type } from "typebox";

import type { KeyRef, PersonRef } from "../../shared/wire.ts";
import { wireSchema } from "../http/wire-schema.ts";

export const PersonRefSchema = wireSchema<PersonRef>()(
	Type.Object(
		{
			id: Type.String(),
			name: Type.String(),
			left: Type.Optional(Type.Literal(true, { description: "No longer a member of the workspace" })),
		},
		{ title: "PersonRef" },
	),
);

export const KeyRefSchema = wireSchema<KeyRef>()(
	Type.Object({ id: Type.String(), label: Type.String(), hint: Type.String() }, { title: "KeyRef" }),
);
