import { Type } from "typebox";

import type { FirstSteps, Start } from "../../shared/wire.ts";
import { pin } from "../http/pin.ts";
import { KeyListSchema } from "../keys/schemas.ts";
import { WorkspaceSchema } from "../workspaces/schemas.ts";

const AccountSchema = Type.Object({ id: Type.String(), name: Type.String(), email: Type.String() });

const timeOrNull = () => Type.Unsafe<string | null>({ type: ["string", "null"], description: "ISO 8601 in UTC" });

export const FirstStepsSchema = pin<FirstSteps>()(
	Type.Object({ pluginAt: timeOrNull(), connectedAt: timeOrNull(), requestAt: timeOrNull() }),
);

export const StartSchema = pin<Start>()(
	Type.Object({
		account: Type.Union([AccountSchema, Type.Null()]),
		signUp: Type.Union([Type.Literal("open"), Type.Literal("invite"), Type.Literal("closed")]),
		mail: Type.Boolean({ description: "Whether this server can send mail" }),
		workspaces: Type.Array(WorkspaceSchema),
		keys: Type.Union([
			Type.Object({ workspaceId: Type.String(), list: KeyListSchema, firstSteps: FirstStepsSchema }),
			Type.Null(),
		]),
	}),
);
