import { type Html, html } from "../../html.ts";
import type { Document } from "../document.ts";
import { createExamples } from "../example.ts";
import { codeBlock } from "./code-block.ts";
import { errorSection } from "./error-section.ts";
import { introduction } from "./introduction.ts";
import { breakable, type Listed, methodName, METHODS, takesAny } from "./listed.ts";
import { operationSection } from "./operation-section.ts";
import { shape } from "./shape.ts";

interface Group {
	name: string;
	title: string;
	operations: Listed[];
}

/** The document as a page for people: what it says, and the links to its parts. Needs no script. */
export function reference(document: Document): { main: Html; nav: Html } {
	const groups = groupsOf(document);
	const options = { server: document.servers?.[0]?.url ?? "", exampleOf: createExamples(document.components) };
	const shapes = Object.entries(document.components.schemas);
	const main = html`${introduction(document, toTryFirst(options.server))}
		${groups.map(
			({ name, title, operations }) =>
				html`<section class="group" aria-labelledby="${name}">
					<h2 id="${name}">${title}</h2>
					${operations.map((listed) => operationSection(listed, options))}
				</section>`,
		)}
		${errorSection()}
		<section class="group" aria-labelledby="shapes">
			<h2 id="shapes">Shapes</h2>
			${shapes.map(
				([name, schema]) =>
					html`<article class="named-shape" id="shape-${name}">
						<h3>${name}</h3>
						${shape(schema)}
					</article>`,
			)}
		</section>`;
	return { main, nav: navigation(groups) };
}

/** With a key and without. */
function toTryFirst(server: string): Html {
	return html`${codeBlock("Whose key is this?", `curl "${server}/v1/whoami" \\\n  --header "Authorization: Bearer $AUXVYN_KEY"`)}
	${codeBlock("Is the server up?", `curl "${server}/readyz"`)}`;
}

function groupsOf({ tags = [], paths }: Document): Group[] {
	const listed = Object.entries(paths).flatMap(([path, methods]) => {
		const operations = Object.entries(methods)
			.map(([method, operation]): Listed => ({ method, path, operation }))
			.sort((one, other) => METHODS.indexOf(one.method) - METHODS.indexOf(other.method));
		return takesAny(methods) ? operations.filter(({ method }) => method === "get") : operations;
	});
	const byTag = Map.groupBy(listed, ({ operation }) => operation.tags?.[0] ?? "");
	const titles = new Map(tags.map(({ name, description }) => [name, description ?? name]));
	return [...new Set([...titles.keys(), ...byTag.keys()])]
		.map((name) => ({ name, title: titles.get(name) ?? name, operations: byTag.get(name) ?? [] }))
		.filter(({ operations }) => operations.length > 0);
}

/** What most paths begin with, which says nothing in a list of them. */
const COMMON = /^\/api\/(workspaces\/\{workspaceId\}|pairings\/\{userCode\}|auth|account)(?=\/)/;

function navigation(groups: Group[]): Html {
	return html`<ul>
		<li><a href="#introduction">Introduction</a></li>
		${groups.map(
			({ name, title, operations }) =>
				html`<li>
					<a href="#${name}">${title}</a>
					<ul>
						${operations.map(
							(listed) =>
								html`<li>
									<a href="#${listed.operation.operationId}" title="${listed.operation.summary}">
										<span class="method ${listed.method}">${methodName(listed)}</span>
										<span class="path">${breakable(listed.path.replace(COMMON, "…"))}</span>
									</a>
								</li>`,
						)}
					</ul>
				</li>`,
		)}
		<li><a href="#errors">Errors</a></li>
		<li><a href="#shapes">Shapes</a></li>
	</ul>`;
}
