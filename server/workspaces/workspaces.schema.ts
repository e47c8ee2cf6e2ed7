import { Type } from "typebox";

import type { Role, Workspace, WorkspaceList } from "../../shared/wire.ts";
import { wireSchema } from "../http/wire-schema.ts";

export const RoleSchema = wireSchema<Role>()(
	Type.Union([Type.Literal("owner"), Type.Literal("admin"), Type.Literal("member")]),
);

export const WorkspaceSchema = wireSchema<Workspace>()(
	Type.Object({ id: Type.String(), name: Type.String(), role: RoleSchema }, { title: "Workspace" }),
);
export const OneWorkspaceSchema = Type.Object({ workspace: WorkspaceSchema });
export const WorkspaceListSchema = wireSchema<WorkspaceList>()(
	Type.Object({ workspaces: Type.Array(WorkspaceSchema) }),
);

/** Path parameters of all routes within a workspace. */
export const WorkspaceParams = Type.Object({ workspaceId: Type.String() });
