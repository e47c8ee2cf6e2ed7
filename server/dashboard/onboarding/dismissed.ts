const keyOf = (workspaceId: string) => `auxvyn.first-steps-put-away.${workspaceId}`;

/** Whether a workspace's first steps were dismissed in this browser. */
export function isDismissed(workspaceId: string): boolean {
	try {
		return localStorage.getItem(keyOf(workspaceId)) !== null;
	} catch {
		return false;
	}
}

export function rememberDismissed(workspaceId: string): void {
	try {
		localStorage.setItem(keyOf(workspaceId), "1");
	} catch {
		// Storage is disabled: they are back after a reload.
	}
}
