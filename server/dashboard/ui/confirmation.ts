import { createSignal } from "solid-js";

import { type ApiError, asApiError } from "../api/api-error.ts";

/** What a dialog that asks once goes through: done once at a time, and what went wrong is said in it. */
export function createConfirmation() {
	const [busy, setBusy] = createSignal(false);
	const [error, setError] = createSignal<ApiError>();
	const confirm = async (act: () => Promise<void>) => {
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
	return { busy, error, confirm, forget: () => setError(undefined) };
}
