import { createEffect } from "solid-js";

/** What the browser's tab says, for as long as this page is shown. */
export function usePageTitle(title: () => string): void {
	createEffect(() => (document.title = `${title()} · Auxvyn`));
}
