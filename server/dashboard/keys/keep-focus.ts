import { searchField } from "./after-delete.ts";

/**
 * A row, or what had the focus in it, is about to go away: hands the focus to what is nearest then. To be called while it
 * is still there.
 */
export function keepFocusNear(row: Element): void {
	const nearest = [row, row.nextElementSibling, row.previousElementSibling];
	queueMicrotask(() => {
		if (document.activeElement !== document.body) return;
		const left = nearest.find((each) => each?.isConnected === true);
		(left?.querySelector<HTMLElement>("a, button") ?? searchField())?.focus();
	});
}
