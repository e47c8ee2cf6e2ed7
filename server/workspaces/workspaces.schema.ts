import { Type } from "typebox";

import type { Role, Workspace, WorkspaceList } from "../../shared/wire.ts";
import { wireSchema } from "../http/wire-schema.ts";

export const RoleSchema = wireSchema<Role>()(
	Type.Union([Type.Literal("owner"), Type.Literal("admin"), Type.Literal("member")]),
);

export const WorkspaceSchema = wireSchema<Workspace>()(
	Type.Object({ id: Type.String(), name: Type.String(), role: RoleSchema }),
);
export const WorkspaceListSchema = wireSchema<WorkspaceList>()(
	Type.Object({ workspaces: Type.Array(WorkspaceSchema) }),
);

/** The path parameters of everything in a workspace. */
export const WorkspaceParams = Type.Object({ workspaceId: Type.String() });
