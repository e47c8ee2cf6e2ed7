import { Audience } from "./audience.ts";
import type { Listener } from "./listener.ts";
import type { LatestUses } from "./uses.store.ts";

/** All listeners, by what they listen to. */
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
		/** `before`: how the workspace's keys were used up to now. */
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
