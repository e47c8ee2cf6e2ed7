import { Audience } from "./audience.ts";
import type { Listener } from "./listener.ts";
import type { LatestUses } from "./uses.store.ts";

/** All listeners, grouped by workspace. */
export function createAudiences() {
	const byWorkspace = new Map<string, Audience>();

	function* listeners(): Generator<Listener> {
		for (const audience of byWorkspace.values()) yield* audience.listeners;
	}

	return {
		listeners,
		all: () => byWorkspace.values(),
		isEmpty: () => byWorkspace.size === 0,
		has: (listener: Listener) => byWorkspace.get(listener.viewer.workspaceId)?.listeners.has(listener) === true,
		/** `before`: the latest uses of the workspace's keys so far. */
		add(listener: Listener, before: LatestUses): void {
			const { workspaceId } = listener.viewer;
			const audience = byWorkspace.get(workspaceId) ?? new Audience(workspaceId, before);
			audience.listeners.add(listener);
			byWorkspace.set(workspaceId, audience);
		},
		remove(listener: Listener): void {
			const { workspaceId } = listener.viewer;
			const audience = byWorkspace.get(workspaceId);
			audience?.listeners.delete(listener);
			if (audience?.listeners.size === 0) byWorkspace.delete(workspaceId);
		},
	};
}
