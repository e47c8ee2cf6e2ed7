import { foldText } from "../../folded-text.ts";

/** A field above the contents that leaves only what it names: paths, methods, summaries and codes. */
export function addFilter(): void {
	const contents = document.querySelector<HTMLElement>("nav.contents");
	if (!contents) return;
	const label = document.createElement("label");
	label.className = "filter";
	const field = document.createElement("input");
	field.type = "search";
	field.placeholder = "Filter";
	field.autocomplete = "off";
	field.setAttribute("aria-label", "Filter the contents");
	label.append(field);
	contents.prepend(label);

	const entries = [...contents.querySelectorAll<HTMLElement>("li li")].map((item) => ({ item, text: textOf(item) }));
	const groups = [...contents.querySelectorAll<HTMLElement>("nav.contents > ul > li")];
	field.addEventListener("input", () => {
		const words = foldText(field.value).split(" ").filter(Boolean);
		for (const { item, text } of entries) item.hidden = !words.every((word) => text.includes(word));
		for (const group of groups) {
			group.hidden = words.length > 0 && group.querySelector("li li:not([hidden])") === null;
		}
	});
}

/** What an entry of the contents is found by: all that its operation says. */
function textOf(item: HTMLElement): string {
	const link = item.querySelector("a");
	const operation = document.getElementById(link?.hash.slice(1) ?? "");
	return foldText(`${link?.textContent} ${operation?.querySelector(".says")?.textContent}`);
}
