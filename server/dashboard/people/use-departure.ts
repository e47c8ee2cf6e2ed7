import { useNavigate } from "@solidjs/router";

import { announce } from "../ui/announce.tsx";
import { useWorkspaces } from "../workspaces/workspaces.tsx";

/** What follows when one is no longer in a workspace: on to another one, or to the page that makes one. */
export function useDeparture(): (said: string) => Promise<void> {
	const workspaces = useWorkspaces();
	const navigate = useNavigate();
	return async (said) => {
		await workspaces.reload();
		navigate("/", { replace: true });
		announce(said);
	};
}
