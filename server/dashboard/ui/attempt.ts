import { createSignal } from "solid-js";

import { type ApiError, asApiError } from "../api/api-error.ts";

/** Something that may fail: done once at a time, and what went wrong is kept until the next time. */
export function createAttempt() {
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
	return { busy, error, run, forget: () => setError(undefined) };
}
