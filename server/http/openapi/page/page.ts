import type { Document } from "../document.ts";
import { reference } from "./reference.ts";

const NAVIGATION = "<!-- navigation -->";
const REFERENCE = "<!-- reference -->";

/** `docs.html` of the built dashboard, which has the look, filled with what the document says. */
export function fillPage(template: string, document: Document): string {
	const { nav, main } = reference(document);
	return template.replace(NAVIGATION, () => nav.text).replace(REFERENCE, () => main.text);
}
