const STORAGE_KEY = "auxvyn.workspace";

/** The workspace seen last in this browser, so that the start page leads back to it. Only a convenience. */
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
		// Storage is switched off: the start page then leads to the first workspace.
	}
}
