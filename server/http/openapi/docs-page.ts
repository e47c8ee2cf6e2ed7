import type { Html } from "../html.ts";
import { html } from "../html.ts";

interface Schema {
	type?: string | string[];
	const?: unknown;
	enum?: unknown[];
	anyOf?: Schema[];
	items?: Schema;
	properties?: Record<string, Schema>;
	required?: string[];
	description?: string;
}

interface Operation {
	summary?: string;
	description?: string;
	tags?: string[];
	parameters?: { name: string; in: string; required?: boolean; description?: string; schema?: Schema }[];
	requestBody?: { content?: Record<string, { schema?: Schema }> };
	responses?: Record<string, { description?: string; content?: Record<string, { schema?: Schema }> }>;
}

export interface Description {
	info: { title: string; description?: string; version: string };
	tags?: { name: string; description?: string }[];
	paths?: Record<string, Record<string, Operation>>;
}

interface Listed {
	method: string;
	path: string;
	operation: Operation;
}

/** What @fastify/swagger writes for a response without a description. */
const NO_DESCRIPTION = "Default Response";

/** The operations in groups, as a page for people. Needs no script. */
export function docsPage({ info, tags = [], paths = {} }: Description): string {
	const listed = Object.entries(paths).flatMap(([path, methods]) =>
		Object.entries(methods)
			.filter(([method]) => method !== "head")
			.map(([method, operation]): Listed => ({ method: method.toUpperCase(), path, operation })),
	);
	const byTag = Map.groupBy(listed, ({ operation }) => operation.tags?.[0] ?? "");
	const titles = new Map(tags.map(({ name, description }) => [name, description ?? name]));
	const groups = [...new Set([...titles.keys(), ...byTag.keys()])]
		.map((name) => ({ name, title: titles.get(name) ?? name, operations: byTag.get(name) ?? [] }))
		.filter(({ operations }) => operations.length > 0);
	const page = html`<!doctype html>
		<html lang="en">
			<head>
				<meta charset="utf-8" />
				<meta name="viewport" content="width=device-width, initial-scale=1" />
				<title>${info.title} API</title>
				<link rel="stylesheet" href="/docs.css" />
			</head>
			<body>
				<main>
					<header>
						<h1>${info.title} API</h1>
						<p>${info.description}</p>
						<p class="quiet">Version ${info.version}. For programs, see <a href="/openapi.json">openapi.json</a>.</p>
					</header>
					<nav aria-label="Groups">${groups.map(({ name, title }) => html`<a href="#${name}">${title}</a> `)}</nav>
					${groups.map(group)}
				</main>
			</body>
		</html>`;
	return page.text;
}

function group({ name, title, operations }: { name: string; title: string; operations: Listed[] }): Html {
	return html`<section id="${name}" aria-labelledby="${name}-title">
		<h2 id="${name}-title">${title}</h2>
		${operations.map(card)}
	</section>`;
}

function card({ method, path, operation }: Listed): Html {
	const { summary, description, parameters = [], requestBody, responses = {} } = operation;
	const bodies = Object.entries(requestBody?.content ?? {});
	return html`<article>
		<h3><span class="method">${method}</span> <code>${path}</code></h3>
		<p>${summary}</p>
		${description === undefined ? [] : html`<p class="quiet">${description}</p>`}
		<dl>
			${parameters.map(
				(each) =>
					html`<dt><code>${each.name}</code> <span class="quiet">${each.in}</span></dt>
						<dd>
							<code>${shape(each.schema)}</code>${each.required === true ? "" : " (optional)"} ${each.description}
						</dd>`,
			)}
			${bodies.map(
				([type, { schema }]) =>
					html`<dt>Body <span class="quiet">${type}</span></dt>
						<dd><code>${shape(schema)}</code></dd>`,
			)}
			${Object.entries(responses).map(([status, answer]) => response(status, answer))}
		</dl>
	</article>`;
}

function response(status: string, { description, content = {} }: NonNullable<Operation["responses"]>[string]): Html {
	const schema = Object.values(content)[0]?.schema;
	const text = description === NO_DESCRIPTION ? "" : description;
	return html`<dt>${status}</dt>
		<dd>${schema === undefined ? html`<span class="quiet">${text}</span>` : html`<code>${shape(schema)}</code>`}</dd>`;
}

/** A schema in TypeScript's notation, which is the shortest. */
function shape(schema: Schema | undefined): string {
	if (schema === undefined) return "any";
	const { type, items, properties, required = [] } = schema;
	if (schema.const !== undefined) return JSON.stringify(schema.const);
	if (schema.enum) return schema.enum.map((each) => JSON.stringify(each)).join(" | ");
	if (schema.anyOf) return schema.anyOf.map(shape).join(" | ");
	if (Array.isArray(type)) return type.join(" | ");
	if (type === "array") return `${shape(items)}[]`;
	if (type !== "object" || properties === undefined) return type ?? "any";
	const fields = Object.entries(properties).map(
		([name, value]) => `${name}${required.includes(name) ? "" : "?"}: ${shape(value)}`,
	);
	return `{ ${fields.join(", ")} }`;
}
