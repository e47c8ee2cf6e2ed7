import { type Html, html } from "../../html.ts";

/** An example, which the page's script gives a button to copy it. `label`: what a screen reader calls it. */
export function codeBlock(title: string, code: string, label = title): Html {
	return html`<figure class="code">
		<figcaption>${title}</figcaption>
		<pre tabindex="0" role="region" aria-label="${label}"><code>${code}</code></pre>
	</figure>`;
}
