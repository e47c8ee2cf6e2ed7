/** The workspaces whose keys are accepted: ids, or `any`. Undefined and empty name none. */
export type Workspaces = string | readonly string[] | undefined;

/** No workspace has this id. */
export const ANY_WORKSPACE = "any";

/** Called for each request of a game: compares, and allocates nothing. */
export function admits(workspaces: Workspaces, workspaceId: string): boolean {
	if (workspaces === workspaceId || workspaces === ANY_WORKSPACE) return true;
	if (typeof workspaces === "string" || workspaces === undefined) return false;
	return workspaces.includes(workspaceId) || workspaces.includes(ANY_WORKSPACE);
}

export function namesNone(workspaces: Workspaces): boolean {
	if (workspaces === undefined || workspaces === "") return true;
	return typeof workspaces !== "string" && workspaces.every((each) => each === "");
}
