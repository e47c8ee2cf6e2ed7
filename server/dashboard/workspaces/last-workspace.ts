const STORAGE_KEY = "auxvyn.workspace";

/** The last workspace opened in this browser, where the start page leads. Only a convenience. */
export function lastWorkspaceId(): string | undefined {
	try {
		return localStorage.getItem(STORAGE_KEY) ?? undefined;
	} catch {
		return undefined;
	}
}

export function rememberWorkspace(id: string): void {
	try {
		localStorage.setItem(STORAGE_KEY, id);
	} catch {
		// Storage is disabled: the start page opens the first workspace.
	}
}
