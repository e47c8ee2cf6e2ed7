import { SESSION_STARTS } from "../../origin.ts";
import type { Operation, Schema } from "../document.ts";
import type { ExampleOf } from "../example.ts";

/** A request to show: what a reader copies. */
export interface Sample {
	language: "curl" | "Luau";
	code: string;
}

export interface SampleOptions {
	method: string;
	path: string;
	operation: Operation;
	server: string;
	exampleOf: ExampleOf;
}

const FORM = "application/x-www-form-urlencoded";
/** In the reader's shell; nothing secret belongs on a command line. */
const KEY = '"Authorization: Bearer $AUXVYN_KEY"';
/** A file: curl writes cookies to it by `--cookie-jar`, and reads them by `--cookie`. */
const SESSION = '"$AUXVYN_SESSION"';
/** Their response sets the session cookie. */
const SIGNS_IN = new Set(["/api/auth/sign-in/email", "/api/auth/sign-up/email", "/api/auth/verify-email"]);
const CLIENT = '"$BACKEND_ID:$BACKEND_SECRET"';
const VARIABLES: Readonly<Record<string, string>> = { token: "$AUXVYN_KEY", device_code: "$DEVICE_CODE" };

export function samplesOf(options: SampleOptions): Sample[] {
	const { operation } = options;
	const curl: Sample = { language: "curl", code: curlOf(options) };
	return operation.tags?.includes("games") === true ? [curl, { language: "Luau", code: luauOf(options) }] : [curl];
}

function curlOf({ method, path, operation, server, exampleOf }: SampleOptions): string {
	const verb = method.toUpperCase();
	const form = operation.requestBody?.content[FORM]?.schema;
	const json = operation.requestBody?.content["application/json"]?.schema;
	const writes = verb !== "GET";
	const options = [
		...(writes && form === undefined ? [`--request ${verb}`] : []),
		...(SIGNS_IN.has(path) ? [`--cookie-jar ${SESSION}`] : []),
		...credentials(operation),
		...(writes && needsOrigin(path, operation) ? [`--header "Origin: ${server}"`] : []),
		...(json === undefined ? [] : [`--header "Content-Type: application/json"`]),
		...(json === undefined ? [] : [`--data '${JSON.stringify(exampleOf(json)).replaceAll("'", String.raw`'\''`)}'`]),
		...(form === undefined ? [] : formFields(form, exampleOf)),
	];
	const url = `${server}${filledPath(path, operation)}${requiredQuery(operation)}`;
	return [`curl "${url}"`, ...options].join(" \\\n  ");
}

function needsOrigin(path: string, operation: Operation): boolean {
	return SESSION_STARTS.has(path) || schemeOf(operation) === "session";
}

function schemeOf({ security = [] }: Operation): string | undefined {
	return security.flatMap((each) => Object.keys(each))[0];
}

function credentials(operation: Operation): string[] {
	switch (schemeOf(operation)) {
		case "session":
			return [`--cookie ${SESSION}`];
		case "bearerKey":
			return [`--header ${KEY}`];
		case "client":
			return [`--user ${CLIENT}`];
		case "metricsToken":
			return ['--header "Authorization: Bearer $METRICS_TOKEN"'];
		default:
			return [];
	}
}

function formFields({ properties = {}, required = [] }: Schema, exampleOf: ExampleOf): string[] {
	return required.map((name) => {
		const value = VARIABLES[name] ?? String(exampleOf(properties[name] ?? {}, name));
		return `--data-urlencode "${name}=${value}"`;
	});
}

function filledPath(path: string, { parameters = [] }: Operation): string {
	const examples = new Map(parameters.map(({ name, example }) => [name, example]));
	return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(examples.get(name)));
}

/** Forward-auth refuses every request without it. */
function requiredQuery({ parameters = [] }: Operation): string {
	return parameters.some(({ name, in: where }) => name === "workspace" && where === "query" && parameters.length > 1)
		? "?workspace=any"
		: "";
}

function luauOf({ method, path, operation, server }: SampleOptions): string {
	return `local HttpService = game:GetService("HttpService")

local response = HttpService:RequestAsync({
	Url = "${server}${path}${requiredQuery(operation)}",
	Method = "${method.toUpperCase()}",
	Headers = {
		-- Create the secret in the Creator Hub, for this server's domain.
		["x-api-key"] = HttpService:GetSecret("auxvyn"),
	},
})
print(response.StatusCode, response.Body)`;
}

/** An example of the first response that is no error, if it is JSON. */
export function responseExample(
	{ responses }: Operation,
	exampleOf: ExampleOf,
): { status: string; json: string } | undefined {
	for (const [status, { content = {} }] of Object.entries(responses)) {
		const schema = content["application/json"]?.schema;
		if (Number(status) < 300 && schema !== undefined) {
			return { status, json: JSON.stringify(exampleOf(schema), null, 2) };
		}
	}
	return undefined;
}
