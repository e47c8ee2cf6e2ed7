import { createEffect, createSignal, on, onCleanup } from "solid-js";
import { createStore, reconcile } from "solid-js/store";

import type { ChecklistItem } from "../../../shared/wire.ts";
import { type ApiError, asApiError } from "../api/api-error.ts";
import { useLive } from "../live/live.tsx";
import { pollWhileVisible } from "../ui/poll.ts";
import { fetchChecklist } from "./security-api.ts";

/** Neither usage nor another person's answer triggers an event. */
const REFRESH_MS = 30_000;
/** Batches bursts of changes into one check. */
const PAUSE_MS = 500;

/** A workspace's checklist, refreshed when its keys or people change. */
export function createChecklist(workspaceId: () => string) {
	const [state, setState] = createStore<{ items: ChecklistItem[]; ready: boolean }>({ items: [], ready: false });
	const [error, setError] = createSignal<ApiError>();
	let attempt = new AbortController();
	let timer: ReturnType<typeof setTimeout> | undefined;

	const refresh = async () => {
		attempt.abort();
		attempt = new AbortController();
		const { signal } = attempt;
		try {
			const items = await fetchChecklist(workspaceId(), signal);
			if (signal.aborted) return;
			setState("items", reconcile(items, { key: "id" }));
			setState("ready", true);
			setError(undefined);
		} catch (failure) {
			if (!signal.aborted) setError(asApiError(failure));
		}
	};
	const refreshSoon = () => {
		clearTimeout(timer);
		timer = setTimeout(() => void refresh(), PAUSE_MS);
	};
	const replace = (item: ChecklistItem) => setState("items", ({ id }) => id === item.id, reconcile(item));

	createEffect(on(workspaceId, () => void refresh()));
	useLive().onChanged(["keys", "people"], refreshSoon);
	pollWhileVisible(REFRESH_MS, refresh);
	onCleanup(() => {
		attempt.abort();
		clearTimeout(timer);
	});
	return { state, error, refresh, replace };
}
