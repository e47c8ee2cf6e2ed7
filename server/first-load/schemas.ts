import { Type } from "typebox";

import type { Start } from "../../shared/wire.ts";
import { pin } from "../http/pin.ts";
import { KeyListSchema } from "../keys/schemas.ts";
import { WorkspaceSchema } from "../workspaces/schemas.ts";

const AccountSchema = Type.Object({ id: Type.String(), name: Type.String(), email: Type.String() });

export const StartSchema = pin<Start>()(
	Type.Object({
		account: Type.Union([AccountSchema, Type.Null()]),
		signUp: Type.Union([Type.Literal("open"), Type.Literal("invite"), Type.Literal("closed")]),
		mail: Type.Boolean({ description: "Whether this server can send mail" }),
		workspaces: Type.Array(WorkspaceSchema),
		keys: Type.Union([Type.Object({ workspaceId: Type.String(), list: KeyListSchema }), Type.Null()]),
	}),
);
