/**
 * Copies what `element` shows. Where the page has no clipboard (plain http on another address than this computer's),
 * it selects the text and asks the browser to copy the selection.
 * @returns false where neither worked; the text is then left selected, for Ctrl+C
 */
export async function copyText(element: HTMLElement): Promise<boolean> {
	try {
		await navigator.clipboard.writeText(element.textContent);
		return true;
	} catch {
		getSelection()?.selectAllChildren(element);
		// eslint-disable-next-line @typescript-eslint/no-deprecated -- the only way where there is no navigator.clipboard
		return document.execCommand("copy");
	}
}
