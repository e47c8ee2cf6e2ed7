import { type Html, html } from "../../html.ts";

/** A text with what is between backticks as code. */
export function prose(text: string): Html {
	return html`${text.split("`").map((part, index) => (index % 2 === 0 ? html`${part}` : html`<code>${part}</code>`))}`;
}
