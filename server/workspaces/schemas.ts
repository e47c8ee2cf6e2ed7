import { Type } from "typebox";

import type { Workspace, WorkspaceList } from "../../shared/wire.ts";
import { pin } from "../http/pin.ts";

export const WorkspaceSchema = pin<Workspace>()(
	Type.Object({
		id: Type.String(),
		name: Type.String(),
		role: Type.Union([Type.Literal("owner"), Type.Literal("admin"), Type.Literal("member")]),
	}),
);
export const WorkspaceListSchema = pin<WorkspaceList>()(Type.Object({ workspaces: Type.Array(WorkspaceSchema) }));
