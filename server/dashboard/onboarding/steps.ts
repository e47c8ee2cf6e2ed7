import { createEffect, createMemo, createSignal, on } from "solid-js";

import type { FirstSteps } from "../../../shared/wire.ts";
import { FirstStepsSchema } from "../../first-load/first-load.schema.ts";
import { request } from "../api/client.ts";
import { useLive } from "../live/live.tsx";
import { useStart } from "../session/session.tsx";
import { announce } from "../ui/announce.tsx";
import { isDismissed, rememberDismissed } from "./dismissed.ts";
import { stepListSettled } from "./load-step-list.ts";

const NONE: FirstSteps = { pluginAt: null, connectedAt: null, requestAt: null };

/**
 * The workspace's progress, followed live until a game has sent a request. `settled`: the first response has arrived,
 * or failed, and so has the list's code. `known`: it has arrived. `completed`: the last step was done while the page was open. `hidden`: the steps
 * were dismissed.
 */
export function createFirstSteps(workspaceId: () => string) {
	const start = useStart();
	const live = useLive();
	const [steps, setSteps] = createSignal(NONE);
	const [answered, setAnswered] = createSignal(false);
	const [known, setKnown] = createSignal(false);
	const [completed, setCompleted] = createSignal(false);
	const [hidden, setHidden] = createSignal(false);

	const update = (now: FirstSteps) => {
		const before = steps();
		if (known()) announceProgress(before, now);
		if (known() && before.requestAt === null && now.requestAt !== null) setCompleted(true);
		setSteps(now);
		setKnown(true);
		setAnswered(true);
	};
	const load = async (id: string) => {
		const path = `/api/workspaces/${encodeURIComponent(id)}/first-steps`;
		const answer = await request("GET", path, FirstStepsSchema).catch(() => undefined);
		if (id !== workspaceId()) return;
		if (answer) update(answer);
		// The progress is unknown, not zero.
		else setAnswered(true);
	};
	/** Where no list is shown, nothing waits for its code. */
	const settled = () => answered() && (stepListSettled() || hidden() || steps().requestAt !== null);
	const refresh = () => {
		if (steps().requestAt === null) void load(workspaceId());
	};

	// The workspace's name or the user's role may change, too.
	const shownId = createMemo(workspaceId);
	createEffect(
		on(shownId, (id) => {
			setAnswered(false);
			setKnown(false);
			setCompleted(false);
			setHidden(isDismissed(id));
			setSteps(NONE);
			const first = start.takeFirstSteps(id);
			if (first) update(first);
			else void load(id);
		}),
	);
	live.onChanged(["keys", "pairings"], refresh);
	// Another Studio may run another version of the plugin.
	live.onChanged(["pairings"], () => {
		if (steps().requestAt !== null) void load(workspaceId());
	});
	live.onUsed(refresh);
	const dismiss = () => {
		rememberDismissed(workspaceId());
		setHidden(true);
	};
	return { steps, settled, known, completed, hidden, dismiss };
}

export type FirstStepsStore = ReturnType<typeof createFirstSteps>;

function announceProgress(before: FirstSteps, now: FirstSteps): void {
	if (before.requestAt === null && now.requestAt !== null) announce("The first request has arrived.");
	else if (before.connectedAt === null && now.connectedAt !== null)
		announce(now.pluginAt === null ? "A key was generated." : "The place is connected.");
}
