import { useParams } from "@solidjs/router";
import { createMemo } from "solid-js";

import type { Workspace } from "../../../shared/wire.ts";
import { lastWorkspaceId } from "./last-workspace.ts";
import { useWorkspaces } from "./workspaces.tsx";

/** The workspace in the URL, or else the last one opened, or else the first. */
export function useCurrentWorkspace(): () => Workspace | undefined {
	const params = useParams<{ workspaceId?: string }>();
	const workspaces = useWorkspaces();
	return createMemo(
		() => workspaces.byId(params.workspaceId) ?? workspaces.byId(lastWorkspaceId()) ?? workspaces.list()[0],
	);
}
