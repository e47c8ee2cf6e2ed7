import { Type } from "typebox";

import type { FirstSteps, Start } from "../../shared/wire.ts";
import { AccountSchema } from "../accounts/sessions/account.schema.ts";
import { nullable, TimeOrNull } from "../http/schema-parts.ts";
import { wireSchema } from "../http/wire-schema.ts";
import { KeyListSchema } from "../keys/manage/keys.schema.ts";
import { WorkspaceSchema } from "../workspaces/workspaces.schema.ts";

export const FirstStepsSchema = wireSchema<FirstSteps>()(
	Type.Object(
		{
			pluginAt: TimeOrNull,
			connectedAt: TimeOrNull,
			requestAt: TimeOrNull,
			pluginVersion: Type.Optional(Type.String()),
		},
		{ title: "FirstSteps" },
	),
);

export const StartSchema = wireSchema<Start>()(
	Type.Object({
		account: nullable(AccountSchema),
		setUp: Type.Boolean(),
		signUp: Type.Union([Type.Literal("open"), Type.Literal("invite"), Type.Literal("closed")]),
		mail: Type.Boolean({ description: "Whether this server can send mail" }),
		version: Type.String({ description: "The server's version" }),
		publicUrl: Type.String({ description: "The server's own address, the only one at which the dashboard works" }),
		review: Type.Optional(Type.Literal(true, { description: "The account has a review to look at" })),
		workspaces: Type.Array(WorkspaceSchema),
		keys: nullable(Type.Object({ workspaceId: Type.String(), list: KeyListSchema, firstSteps: FirstStepsSchema })),
	}),
);
