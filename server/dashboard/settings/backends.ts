import { createEffect, on, onCleanup } from "solid-js";
import { createStore, reconcile } from "solid-js/store";

import type { Backend } from "../../../shared/wire.ts";
import { type ApiError, asApiError } from "../api/api-error.ts";
import { useLive } from "../live/live.tsx";
import { pollWhileVisible } from "../ui/poll.ts";
import { listBackends } from "./backends-api.ts";

/** Their last use is not announced to open pages. */
const REFRESH_MS = 5_000;

interface BackendsState {
	/** Undefined until the first response. */
	list: Backend[] | undefined;
	error: ApiError | undefined;
}

/** A workspace's backends, kept up to date. Rows keep their identity across reloads. */
export function createBackends(workspaceId: () => string) {
	const [state, setState] = createStore<BackendsState>({ list: undefined, error: undefined });
	let latest = 0;
	const load = async () => {
		const mine = ++latest;
		try {
			const list = await listBackends(workspaceId());
			if (mine !== latest) return;
			setState("list", reconcile(list, { key: "id" }));
			setState("error", undefined);
		} catch (error) {
			if (mine === latest) setState("error", asApiError(error));
		}
	};
	createEffect(on(workspaceId, () => void load()));
	pollWhileVisible(REFRESH_MS, load);
	useLive().onChanged(["backends", "people"], () => void load());
	onCleanup(() => (latest = -1));
	return { state, load };
}
