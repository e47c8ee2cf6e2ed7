import { createEffect, on } from "solid-js";

/**
 * Focuses a page's heading (which needs `tabindex="-1"`) whenever `title` changes: the control that had the focus has
 * been replaced.
 */
export function focusHeading(heading: () => HTMLElement | undefined, title: () => string): void {
	createEffect(on(title, () => heading()?.focus({ preventScroll: true })));
}
