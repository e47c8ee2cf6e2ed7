import { createSignal } from "solid-js";

import { type ApiError, asApiError } from "../api/api-error.ts";

/** Runs an async action once at a time and keeps its last error. */
export function createAction() {
	const [busy, setBusy] = createSignal(false);
	const [error, setError] = createSignal<ApiError>();
	const run = async (act: () => Promise<void>) => {
		if (busy()) return;
		setBusy(true);
		setError(undefined);
		try {
			await act();
		} catch (failure) {
			setError(asApiError(failure));
		} finally {
			setBusy(false);
		}
	};
	return { busy, error, run, clear: () => setError(undefined) };
}
