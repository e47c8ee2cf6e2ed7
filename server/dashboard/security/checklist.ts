import { createEffect, createSignal, on, onCleanup } from "solid-js";
import { createStore, reconcile } from "solid-js/store";

import type { ChecklistItem } from "../../../shared/wire.ts";
import { type ApiError, asApiError } from "../api/api-error.ts";
import { useLive } from "../live/live.tsx";
import { repeatWhileVisible } from "../ui/repeat.ts";
import { fetchChecklist } from "./security-api.ts";

/** Use that comes or ceases is no event; nor is another person's answer. */
const REFRESH_MS = 30_000;
/** Many changes at once make the server check once. */
const PAUSE_MS = 500;

/** A workspace's checklist, checked anew when its keys or people change. */
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
	repeatWhileVisible(REFRESH_MS, refresh);
	onCleanup(() => {
		attempt.abort();
		clearTimeout(timer);
	});
	return { state, error, refresh, replace };
}
