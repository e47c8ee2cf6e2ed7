const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** HTML that is safe to insert into other HTML. */
export class Html {
	/** Private, so that the compiler takes nothing else for it. */
	readonly #text: string;

	constructor(text: string) {
		this.#text = text;
	}

	get text(): string {
		return this.#text;
	}
}

type Value = string | number | undefined | Html | readonly Html[];

/** HTML from a template. Every value is escaped, unless it is `Html`. */
export function html(strings: TemplateStringsArray, ...values: Value[]): Html {
	return new Html(String.raw({ raw: strings }, ...values.map(render)));
}

function render(value: Value): string {
	if (value === undefined) return "";
	if (value instanceof Html) return value.text;
	if (typeof value === "object") return value.map(({ text }) => text).join("");
	return String(value).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? "");
}
