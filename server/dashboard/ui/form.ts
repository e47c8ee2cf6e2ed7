import { createSignal } from "solid-js";

import type { FieldProblem } from "../api/api-error.ts";
import { createAttempt } from "./attempt.ts";
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
	const sending = createAttempt();
	let form: HTMLFormElement | undefined;

	const run = async (act: () => Promise<void>) => {
		await sending.run(act);
		focusFirstWrong(form);
	};
	const submit = async () => {
		if (sending.busy()) return;
		sending.forget();
		setWrong(check());
		if (wrong()) focusFirstWrong(form);
		else await run(send);
	};
	const failureAbout = (field: string) => sending.error()?.about(field);

	return {
		busy: sending.busy,
		onSubmit: (event: SubmitEvent & { currentTarget: HTMLFormElement }) => {
			event.preventDefault();
			form = event.currentTarget;
			void submit();
		},
		/** Sends it once more, after a failure. */
		retry: () => void submit(),
		/** Does something else that the form offers, in the place of sending it. */
		run: (act: () => Promise<void>) => void run(act),
		/** What is wrong with one field. */
		about: (field: string) => (wrong()?.path === field ? wrong()?.message : failureAbout(field)),
		/** What is wrong with none of them. */
		failure: () => (fields.some((field) => failureAbout(field) !== undefined) ? undefined : sending.error()),
		/** Nothing is said of a field that somebody is just changing. */
		mended: (field: string) => {
			if (wrong()?.path === field) setWrong(undefined);
			if (failureAbout(field) !== undefined) sending.forget();
		},
		clear: () => {
			setWrong(undefined);
			sending.forget();
		},
	};
}
