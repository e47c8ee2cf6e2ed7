import { createEffect, on } from "solid-js";

/**
 * Takes the focus to a page's heading, for which `tabindex="-1"` is needed, whenever `title` changes: what somebody
 * pressed has made way for it.
 */
export function focusHeading(heading: () => HTMLElement | undefined, title: () => string): void {
	createEffect(on(title, () => heading()?.focus({ preventScroll: true })));
}
