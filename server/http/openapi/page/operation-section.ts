import { type Html, html } from "../../html.ts";
import type { Operation, Parameter, Response, Schema } from "../document.ts";
import { OAUTH_CODES, PROBLEM_CODES } from "../error-codes.ts";
import type { ExampleOf } from "../example.ts";
import { codeBlock } from "./code-block.ts";
import { breakable, type Listed, methodName } from "./listed.ts";
import { prose } from "./prose.ts";
import { responseExample, samplesOf } from "./samples.ts";
import { inline, rulesOf, shape } from "./shape.ts";

export interface SectionOptions {
	server: string;
	exampleOf: ExampleOf;
}

/** Codes that every route of a kind may answer: listed, but not explained again and again. */
const COMMON = new Set([
	...["body_too_large", "cross_origin", "disk_low", "invalid_request", "no_session", "not_found", "outcome_unknown"],
	...["server_outdated", "storage_busy", "storage_unavailable", "temporarily_unavailable", "too_many_requests"],
	...["unsupported_media_type", "uri_too_long", "forbidden", "internal_error"],
]);

export function operationSection(listed: Listed, options: SectionOptions): Html {
	const { method, path, operation } = listed;
	const { operationId, summary, description } = operation;
	return html`<article class="operation" id="${operationId}" aria-labelledby="${operationId}-title">
		<div class="says">
			<h3 id="${operationId}-title">
				<a class="anchor" href="#${operationId}">${summary}</a>
			</h3>
			<p class="route"><span class="method ${method}">${methodName(listed)}</span> <code>${breakable(path)}</code></p>
			${description === undefined ? "" : html`<p>${prose(description)}</p>`}
			<p class="sender">${senderOf(operation)}</p>
			${parametersOf(operation)} ${bodyOf(operation)} ${responsesOf(operation)} ${errorsOf(operation)}
		</div>
		<div class="shows">${samples(listed, options)}</div>
	</article>`;
}

function senderOf({ security = [] }: Operation): string {
	const schemes = security.flatMap((each) => Object.keys(each));
	const isOptional = schemes.length === 0 || security.some((each) => Object.keys(each).length === 0);
	if (schemes.includes("bearerKey")) return "Sent with an API key";
	if (schemes.includes("client")) return "Sent by a backend, with its id and secret";
	if (schemes.includes("metricsToken")) return "Sent from this machine, or with METRICS_TOKEN";
	if (schemes.includes("session"))
		return isOptional ? "Sent by a person, signed in or not" : "Sent by a signed-in person";
	return "Sent by anyone";
}

const PLACES: [Parameter["in"], string][] = [
	["path", "In the path"],
	["query", "Query"],
	["header", "Headers"],
];

function parametersOf({ parameters = [] }: Operation): Html {
	return html`${PLACES.map(([place, title]) => {
		const own = parameters.filter((each) => each.in === place);
		if (own.length === 0) return html``;
		return html`<h4>${title}</h4>
			<dl class="parameters">
				${own.map(
					({ name, required, schema, description }) =>
						html`<div>
							<dt><code>${name}</code>${required === true ? "" : html`<span class="quiet"> optional</span>`}</dt>
							<dd>
								<code class="type">${inline(schema)}</code>
								${sentence(description)} ${sentence(rulesOf(schema))}
							</dd>
						</div>`,
				)}
			</dl>`;
	})}`;
}

function sentence(text = ""): string {
	return text === "" || text.endsWith(".") ? text : `${text}.`;
}

function bodyOf({ requestBody }: Operation): Html {
	const contents = Object.entries(requestBody?.content ?? {});
	return html`${contents.map(
		([type, { schema = {} }]) =>
			html`<h4>Body <span class="quiet">${type}${requestBody?.required === false ? ", optional" : ""}</span></h4>
				${shape(schema)}`,
	)}`;
}

interface RouteError {
	status: string;
	code: string;
	oauth: boolean;
}

const isRefusal = ([status]: [string, Response]): boolean => Number(status) >= 400;

function responsesOf({ responses }: Operation): Html {
	const accepted = Object.entries(responses).filter((each) => !isRefusal(each));
	return html`${accepted.map(([status, { description, headers = {}, content = {} }]) => {
		const [first] = Object.entries(content);
		return html`<h4><span class="status">${status}</span> ${description} <span class="quiet">${first?.[0]}</span></h4>
			${Object.entries(headers).map(
				([name, header]) => html`<p class="header"><code>${name}</code> ${sentence(header.description)}</p>`,
			)}
			${first?.[1].schema === undefined || first[1].schema.type === "string" ? "" : shape(first[1].schema)}`;
	})}`;
}

function errorsOf({ responses }: Operation): Html {
	const refused = Object.entries(responses).filter(isRefusal);
	if (refused.length === 0) return html``;
	const all = refused.flatMap(([status, response]): RouteError[] => {
		const oauth = response.content?.["application/json"] !== undefined;
		return codesOf(response).map((code) => ({ status, code, oauth }));
	});
	const own = all.filter(({ code }) => !COMMON.has(code));
	const common = all.filter(({ code }) => COMMON.has(code));
	return html`<h4>Errors</h4>
		${
			own.length === 0
				? ""
				: html`<ul class="codes">
						${own.map((each) => errorLink(each, true))}
					</ul>`
		}
		${
			common.length === 0
				? ""
				: html`<details>
						<summary>${own.length === 0 ? "" : "and "}${common.length} common ones</summary>
						<ul class="codes">
							${common.map((each) => errorLink(each, false))}
						</ul>
					</details>`
		}`;
}

function errorLink({ status, code, oauth }: RouteError, isExplained: boolean): Html {
	const anchor = `${oauth ? "oauth-error" : "error"}-${code}`;
	const meanings: Readonly<Record<string, readonly [number, string]>> = oauth ? OAUTH_CODES : PROBLEM_CODES;
	const [, todo = ""] = meanings[code] ?? [];
	return html`<li>
		<span class="status">${status}</span> <a href="#${anchor}"><code>${code}</code></a>
		${isExplained ? html`<p class="quiet">${prose(todo)}</p>` : ""}
	</li>`;
}

/** The codes that an error's schema allows. */
function codesOf({ content = {} }: Response): string[] {
	const parts = Object.values(content).flatMap(({ schema }): Schema[] => schema?.allOf ?? []);
	return parts.flatMap(({ properties = {} }) => {
		const { enum: codes = [] } = properties["code"] ?? properties["error"] ?? {};
		return codes as string[];
	});
}

function samples(listed: Listed, { server, exampleOf }: SectionOptions): Html {
	const requests = samplesOf({ ...listed, server, exampleOf });
	const response = responseExample(listed.operation, exampleOf);
	const { summary } = listed.operation;
	return html`${requests.map(({ language, code }) => codeBlock(language, code, `${language}: ${summary}`))}
	${response === undefined ? "" : codeBlock(`Response ${response.status}`, response.json, `Response: ${summary}`)}`;
}
