/**
 * Copies an element's text. Without a clipboard API (plain http other than localhost), it selects the text and falls
 * back to `execCommand`.
 * @returns false if both failed; the text is left selected for Ctrl+C
 */
export async function copyText(element: HTMLElement): Promise<boolean> {
	try {
		await navigator.clipboard.writeText(element.textContent);
		return true;
	} catch {
		getSelection()?.selectAllChildren(element);
		// oxlint-disable-next-line typescript/no-deprecated -- the only way without navigator.clipboard
		return document.execCommand("copy");
	}
}
