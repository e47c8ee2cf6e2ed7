import { Type } from "typebox";

import type { Whoami } from "../../../shared/wire.ts";
import { nullable, TimeOrNull } from "../../http/schema-parts.ts";
import { wireSchema } from "../../http/wire-schema.ts";

export const RetirementStateSchema = Type.Union([
	Type.Literal("waiting"),
	Type.Literal("asking"),
	Type.Literal("done"),
]);

export const WhoamiSchema = wireSchema<Whoami>()(
	Type.Object({
		workspace: Type.Object({ id: Type.String(), name: Type.String() }),
		key: Type.Object({ id: Type.String(), label: Type.String(), lastServerAt: TimeOrNull }),
		rotation: nullable(Type.Object({ state: RetirementStateSchema }), {
			description: "The retirement of the key that this one replaces",
		}),
		replaces: Type.Optional(
			nullable(
				Type.Object({
					id: Type.String(),
					label: Type.String(),
					hint: Type.String(),
					state: Type.Union([Type.Literal("active"), Type.Literal("revoked")]),
					revokedAt: TimeOrNull,
					liveServers: Type.Integer(),
					retirement: nullable(RetirementStateSchema),
					safe: Type.Boolean(),
				}),
				{ description: "Only for the plugin: the key that this one replaces" },
			),
		),
	}),
);
