import { type Html, html } from "../../html.ts";
import { OAUTH_CODES, PROBLEM_CODES } from "../error-codes.ts";
import { codeBlock } from "./code-block.ts";
import { prose } from "./prose.ts";

const EXAMPLE = {
	type: "urn:auxvyn:problem:invalid_request",
	title: "Bad Request",
	status: 400,
	code: "invalid_request",
	detail: "The body is invalid. Correct what `errors` lists.",
	errors: [{ path: "label", message: "is missing" }],
};
const OAUTH_EXAMPLE = {
	error: "authorization_pending",
	error_description: "The code has not been approved yet. Poll again after the interval.",
};

/** Every code, with what to do about it. */
export function errorSection(): Html {
	return html`<section class="group" aria-labelledby="errors">
		<h2 id="errors">Errors</h2>
		<p>
			<code>code</code> is for programs and does not change; <code>detail</code> is for people, and says what to do. A
			code that a program does not know means what its status means.
		</p>
		<div class="two">
			${codeBlock("A problem", JSON.stringify(EXAMPLE, null, 2))}${codeBlock("An OAuth error", JSON.stringify(OAUTH_EXAMPLE, null, 2))}
		</div>
		<h3>Problems</h3>
		${table("error", Object.entries(PROBLEM_CODES))}
		<h3>OAuth errors</h3>
		${table("oauth-error", Object.entries(OAUTH_CODES))}
	</section>`;
}

function table(prefix: string, codes: [string, readonly [number, string]][]): Html {
	return html`<table class="errors">
		<thead>
			<tr>
				<th scope="col">Code</th>
				<th scope="col">Status</th>
				<th scope="col">What to do</th>
			</tr>
		</thead>
		<tbody>
			${codes.map(
				([code, [status, todo]]) =>
					html`<tr id="${prefix}-${code}">
						<td><code>${code}</code></td>
						<td class="status">${status}</td>
						<td>${prose(todo)}</td>
					</tr>`,
			)}
		</tbody>
	</table>`;
}
