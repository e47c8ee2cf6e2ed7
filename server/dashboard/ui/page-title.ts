import { createEffect } from "solid-js";

/** Sets the document title. */
export function usePageTitle(title: () => string): void {
	createEffect(() => (document.title = `${title()} · Auxvyn`));
}
