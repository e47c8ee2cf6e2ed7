import type { Html } from "./html.ts";
import { html } from "./html.ts";

interface Schema {
	type?: string;
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
	paths?: Record<string, Record<string, Operation>>;
}

interface Listed {
	method: string;
	path: string;
	operation: Operation;
}

/** The operations, in groups, to be read by people. Needs no script. */
export function docsPage({ info, paths = {} }: Description): string {
	const listed = Object.entries(paths).flatMap(([path, methods]) =>
		Object.entries(methods)
			.filter(([method]) => method !== "head")
			.map(([method, operation]): Listed => ({ method: method.toUpperCase(), path, operation })),
	);
	const groups = Map.groupBy(listed, ({ operation }) => operation.tags?.[0] ?? "other");
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
						<p class="quiet">Version ${info.version}. For programs: <a href="/openapi.json">openapi.json</a></p>
					</header>
					<nav aria-label="Groups">${[...groups.keys()].map((name) => html`<a href="#${name}">${name}</a> `)}</nav>
					${[...groups].map(([name, operations]) => group(name, operations))}
				</main>
			</body>
		</html>`;
	return page.text;
}

function group(name: string, operations: Listed[]): Html {
	return html`<section id="${name}" aria-labelledby="${name}-title">
		<h2 id="${name}-title">${name}</h2>
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
	return html`<dt>${status}</dt>
		<dd>
			${schema === undefined ? html`<span class="quiet">${description}</span>` : html`<code>${shape(schema)}</code>`}
		</dd>`;
}

/** A schema in the notation of TypeScript, which takes the least room. */
function shape(schema: Schema | undefined): string {
	if (schema === undefined) return "any";
	const { type, items, properties, required = [] } = schema;
	if (schema.const !== undefined) return JSON.stringify(schema.const);
	if (schema.enum) return schema.enum.map((each) => JSON.stringify(each)).join(" | ");
	if (schema.anyOf) return schema.anyOf.map(shape).join(" | ");
	if (type === "array") return `${shape(items)}[]`;
	if (type !== "object" || properties === undefined) return type ?? "any";
	const fields = Object.entries(properties).map(
		([name, value]) => `${name}${required.includes(name) ? "" : "?"}: ${shape(value)}`,
	);
	return `{ ${fields.join(", ")} }`;
}
