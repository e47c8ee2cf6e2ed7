import { useNavigate } from "@solidjs/router";

import { announce } from "../ui/announce.tsx";
import { useWorkspaces } from "../workspaces/workspaces.tsx";

/**
 * After the user has left or deleted a workspace: goes to another one, or to the page that creates one, and announces
 * `message`.
 */
export function useExitWorkspace(): (message: string) => Promise<void> {
	const workspaces = useWorkspaces();
	const navigate = useNavigate();
	return async (message) => {
		await workspaces.reload();
		navigate("/", { replace: true });
		announce(message);
	};
}
