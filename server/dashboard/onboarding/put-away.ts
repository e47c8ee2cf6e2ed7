const keyOf = (workspaceId: string) => `auxvyn.first-steps-put-away.${workspaceId}`;

/** Whether the first steps of a workspace were put away in this browser, although not all are taken. */
export function isPutAway(workspaceId: string): boolean {
	try {
		return localStorage.getItem(keyOf(workspaceId)) !== null;
	} catch {
		return false;
	}
}

export function rememberPutAway(workspaceId: string): void {
	try {
		localStorage.setItem(keyOf(workspaceId), "1");
	} catch {
		// Storage is switched off: they are back with the next page.
	}
}
