import { createSignal } from "solid-js";

import { type ApiError, asApiError, type FieldProblem } from "../api/api-error.ts";
import { focusFirstWrong } from "./focus-wrong.ts";

export interface FormOptions {
	/** The fields by the names that the server has for them. What it says of any other is not lost. */
	fields: string[];
	/** What is missing, before anything is sent. */
	check: () => FieldProblem | undefined;
	send: () => Promise<void>;
}

/** A form's life: checked, sent once at a time, and what was wrong with it said where it belongs. */
export function createForm({ fields, check, send }: FormOptions) {
	const [wrong, setWrong] = createSignal<FieldProblem>();
	const [failure, setFailure] = createSignal<ApiError>();
	const [busy, setBusy] = createSignal(false);

	const submit = async (event: SubmitEvent & { currentTarget: HTMLFormElement }) => {
		event.preventDefault();
		if (busy()) return;
		const form = event.currentTarget;
		setFailure(undefined);
		setWrong(check());
		if (!wrong()) {
			setBusy(true);
			try {
				await send();
			} catch (error) {
				setFailure(asApiError(error));
			} finally {
				setBusy(false);
			}
		}
		focusFirstWrong(form);
	};

	return {
		busy,
		onSubmit: (event: SubmitEvent & { currentTarget: HTMLFormElement }) => void submit(event),
		/** What is wrong with one field. */
		about: (field: string) => (wrong()?.path === field ? wrong()?.message : failure()?.about(field)),
		/** What is wrong with none of them. */
		failure: () => (fields.some((field) => failure()?.about(field) !== undefined) ? undefined : failure()),
		clear: () => {
			setWrong(undefined);
			setFailure(undefined);
		},
	};
}
