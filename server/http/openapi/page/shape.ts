import { type Html, html } from "../../html.ts";
import { type Schema, SCHEMAS } from "../document.ts";

interface Line {
	depth: number;
	content: Html;
}

/** A schema in TypeScript's notation, a field on each line, with its description above it. */
export function shape(schema: Schema): Html {
	return html`<div class="shape">
		${linesOf(schema).map(({ depth, content }) => html`<span class="line i${Math.min(depth, 6)}">${content}</span>`)}
	</div>`;
}

/** Characters of a note that fits behind its field. */
const SHORT = 24;

/** The lines of a type. The first goes on after `before`, and the last is followed by `after`. */
function linesOf(schema: Schema, depth = 0, before: Html = html``, after: Html = html``): Line[] {
	const { anyOf, items, properties, patternProperties, type } = schema;
	const isNull = ({ type: each }: Schema) => each === "null";
	if (anyOf !== undefined) {
		const others = anyOf.filter((each) => !isNull(each));
		const end = anyOf.some(isNull) ? html` | null${after}` : after;
		if (others.length === 1) return linesOf(others[0] ?? {}, depth, before, end);
		if (others.every((each) => each.const !== undefined))
			return [{ depth, content: html`${before}${inline(schema)}${after}` }];
		return others.flatMap((each, index) =>
			linesOf(each, depth, index === 0 ? before : html`| `, index === others.length - 1 ? end : html``),
		);
	}
	if (type === "array" && items !== undefined) return linesOf(items, depth, before, html`[]${after}`);
	const [ofRecord] = Object.values(patternProperties ?? {});
	if (type !== "object" || ofRecord !== undefined)
		return [{ depth, content: html`${before}${inline(schema)}${after}` }];
	if (Object.keys(properties ?? {}).length === 0) return [{ depth, content: html`${before}{}${after}` }];
	return [
		{ depth, content: html`${before}{` },
		...Object.entries(properties ?? {}).flatMap(([name, field]) => fieldLines(name, field, schema, depth + 1)),
		{ depth, content: html`}${after}` },
	];
}

function fieldLines(name: string, field: Schema, { required = [] }: Schema, depth: number): Line[] {
	const note = [rulesOf(field), field.description ?? ""].filter((each) => each !== "").join(". ");
	const mark = required.includes(name) ? "" : "?";
	const lines = linesOf(field, depth, html`<b>${name}</b>${mark}: `);
	const [first] = lines;
	if (note === "" || first === undefined) return lines;
	if (lines.length === 1 && note.length <= SHORT) return [{ depth, content: html`${first.content} <i>// ${note}</i>` }];
	return [{ depth, content: html`<i>// ${note}</i>` }, ...lines];
}

/** A type that fits on a line. */
export function inline(schema: Schema): Html {
	const { $ref, anyOf, items, patternProperties, type } = schema;
	if ($ref !== undefined) {
		const name = $ref.slice(SCHEMAS.length);
		return html`<a href="#shape-${name}">${name}</a>`;
	}
	if (schema.const !== undefined) return html`<span class="literal">${JSON.stringify(schema.const)}</span>`;
	if (anyOf !== undefined) return html`${anyOf.map((each, index) => html`${index === 0 ? "" : " | "}${inline(each)}`)}`;
	if (items !== undefined) return html`${inline(items)}[]`;
	if (patternProperties !== undefined) return html`Record&lt;string, string&gt;`;
	return html`${[type ?? "any"].flat().join(" | ")}`;
}

/** What else a value must be. */
export function rulesOf({ minLength, maxLength, minimum, maximum, format }: Schema): string {
	const lengths = minLength !== undefined && maxLength !== undefined ? `${minLength} to ${maxLength} characters` : "";
	const longest = lengths === "" && maxLength !== undefined ? `At most ${maxLength} characters` : "";
	const range = minimum !== undefined && maximum !== undefined ? `${minimum} to ${maximum}` : "";
	return [lengths, longest, range, format === "email" ? "An e-mail address" : ""]
		.filter((each) => each !== "")
		.join(". ");
}
