/** Focuses a form's first invalid field. Call it once the errors are rendered. */
export function focusFirstInvalid(form: HTMLElement | undefined): void {
	form?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
}
