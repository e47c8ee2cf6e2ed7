/** Brings whoever sent a form to the first field that is wrong. Call it once the form says what is wrong. */
export function focusFirstWrong(form: HTMLElement | undefined): void {
	form?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
}
