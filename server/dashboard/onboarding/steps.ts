import { createEffect, createMemo, createSignal, on } from "solid-js";

import type { FirstSteps } from "../../../shared/wire.ts";
import { request } from "../api/client.ts";
import { firstStepsShape } from "../api/shapes.ts";
import { useLive } from "../live/live.tsx";
import { useStart } from "../session/session.tsx";
import { announce } from "../ui/announce.tsx";
import { isPutAway, rememberPutAway } from "./put-away.ts";

const NONE: FirstSteps = { pluginAt: null, connectedAt: null, requestAt: null };

/**
 * How far the workspace has come, followed live until a game has sent a request. `asked` turns true with the first
 * answer, or where there is none; `known` with an answer alone; `reached` once the last step was taken while somebody
 * looked; `hidden` where they were put away.
 */
export function createFirstSteps(workspaceId: () => string) {
	const start = useStart();
	const live = useLive();
	const [steps, setSteps] = createSignal(NONE);
	const [asked, setAsked] = createSignal(false);
	const [known, setKnown] = createSignal(false);
	const [reached, setReached] = createSignal(false);
	const [hidden, setHidden] = createSignal(false);

	const take = (now: FirstSteps) => {
		const before = steps();
		if (known()) tell(before, now);
		if (known() && before.requestAt === null && now.requestAt !== null) setReached(true);
		setSteps(now);
		setKnown(true);
		setAsked(true);
	};
	const ask = async (id: string) => {
		const path = `/api/workspaces/${encodeURIComponent(id)}/first-steps`;
		const answer = await request("GET", path, firstStepsShape).catch(() => undefined);
		if (id !== workspaceId()) return;
		if (answer) take(answer);
		// Not that nothing was done: it cannot be told.
		else setAsked(true);
	};
	const refresh = () => {
		if (steps().requestAt === null) void ask(workspaceId());
	};

	// Its name or one's role in it may change, too.
	const shownId = createMemo(workspaceId);
	createEffect(
		on(shownId, (id) => {
			setAsked(false);
			setKnown(false);
			setReached(false);
			setHidden(isPutAway(id));
			setSteps(NONE);
			const first = start.takeFirstSteps(id);
			if (first) take(first);
			else void ask(id);
		}),
	);
	live.onChanged(["keys", "pairings"], refresh);
	live.onUsed(refresh);
	const putAway = () => {
		rememberPutAway(workspaceId());
		setHidden(true);
	};
	return { steps, asked, known, reached, hidden, putAway };
}

export type FirstStepsStore = ReturnType<typeof createFirstSteps>;

function tell(before: FirstSteps, now: FirstSteps): void {
	if (before.requestAt === null && now.requestAt !== null) announce("The first request has arrived.");
	else if (before.connectedAt === null && now.connectedAt !== null)
		announce(now.pluginAt === null ? "A key was generated." : "The place is connected.");
}
