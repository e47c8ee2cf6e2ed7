import { copyText } from "../ui/copy-text.ts";

const CONFIRMATION_MS = 2_000;

/** A button above each example, which copies it. */
export function addCopyButtons(): void {
	for (const figure of document.querySelectorAll<HTMLElement>("figure.code")) {
		const code = figure.querySelector<HTMLElement>("code");
		const caption = figure.querySelector("figcaption");
		if (!code || !caption) continue;
		const button = document.createElement("button");
		button.type = "button";
		button.className = "copy";
		button.textContent = "Copy";
		button.setAttribute("aria-label", `Copy ${caption.textContent}`);
		button.addEventListener("click", () => {
			void copyText(code).then((isCopied) => {
				button.textContent = isCopied ? "Copied" : "Press Ctrl+C";
				setTimeout(() => (button.textContent = "Copy"), CONFIRMATION_MS);
			});
		});
		caption.append(button);
	}
}
