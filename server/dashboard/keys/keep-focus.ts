import { searchField } from "./focus-after-delete.ts";

/** Call before a row, or its focused control, is removed: moves the focus to what is nearest once it is gone. */
export function keepFocusNear(row: Element): void {
	const nearest = [row, row.nextElementSibling, row.previousElementSibling];
	queueMicrotask(() => {
		if (document.activeElement !== document.body) return;
		const left = nearest.find((each) => each?.isConnected === true);
		(left?.querySelector<HTMLElement>("a, button") ?? searchField())?.focus();
	});
}
