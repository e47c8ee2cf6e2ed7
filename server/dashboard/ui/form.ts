import { createSignal, onCleanup } from "solid-js";

import type { FieldProblem } from "../api/api-error.ts";
import { createAction } from "./action.ts";
import { focusFirstInvalid } from "./focus-invalid.ts";

export interface FormOptions {
	/** Field names as the server knows them. Problems with any other field show up in `failure`. */
	fields: string[];
	/** Validation before anything is sent. */
	check: () => FieldProblem | undefined | Promise<FieldProblem | undefined>;
	send: () => Promise<void>;
}

/** A form's state: validated, submitted once at a time, with problems assigned to their fields. */
export function createForm({ fields, check, send }: FormOptions) {
	const [problem, setProblem] = createSignal<FieldProblem>();
	const submission = createAction();
	let form: HTMLFormElement | undefined;
	const [checking, setChecking] = createSignal(false);
	let gone = false;
	onCleanup(() => (gone = true));

	const run = async (act: () => Promise<void>) => {
		await submission.run(act);
		focusFirstInvalid(form);
	};
	const submit = async () => {
		if (checking() || submission.busy()) return;
		submission.clear();
		setChecking(true);
		setProblem(await check());
		setChecking(false);
		// The user has left the form.
		if (gone) return;
		if (problem()) focusFirstInvalid(form);
		else await run(send);
	};
	const serverProblem = (field: string) => submission.error()?.about(field);

	return {
		busy: () => checking() || submission.busy(),
		onSubmit: (event: SubmitEvent & { currentTarget: HTMLFormElement }) => {
			event.preventDefault();
			form = event.currentTarget;
			void submit();
		},
		/** Submits again after a failure. */
		retry: () => void submit(),
		/** Runs another action of the form instead of submitting. */
		run: (act: () => Promise<void>) => void run(act),
		/** The problem with one field. */
		about: (field: string) => (problem()?.path === field ? problem()?.message : serverProblem(field)),
		/** A failure that concerns no field. */
		failure: () => (fields.some((field) => serverProblem(field) !== undefined) ? undefined : submission.error()),
		/** Clears a field's problem once it is edited. */
		clearProblem: (field: string) => {
			if (problem()?.path === field) setProblem(undefined);
			if (serverProblem(field) !== undefined) submission.clear();
		},
		clear: () => {
			setProblem(undefined);
			submission.clear();
		},
	};
}
