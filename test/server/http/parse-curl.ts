import type { InjectOptions } from "fastify";

/** A word of a command line: parts in quotes and without. Only what the examples use. */
const WORD = /(?:"[^"]*"|'[^']*'|[^\s"'\\])+/g;

/** The request that a line of curl makes, as a shell with these variables would run it. */
export function parseCurl(line: string, variables: Record<string, string>): InjectOptions {
	const words = [...line.replaceAll("\\\n", " ").matchAll(WORD)].map(([word]) => unquote(word, variables));
	const [program, url = "", ...options] = words;
	if (program !== "curl") throw new Error(`This is no line of curl: ${line}`);
	const headers: Record<string, string> = { host: new URL(url).host };
	const form: string[] = [];
	let method: InjectOptions["method"];
	let payload: string | undefined;
	for (let index = 0; index < options.length; index += 2) {
		const [option = "", value = ""] = options.slice(index);
		const [name, rest] = splitAt(value, option === "--header" ? ": " : "=");
		if (option === "--request") method = value as InjectOptions["method"];
		else if (option === "--header") headers[name.toLowerCase()] = rest;
		else if (option === "--cookie") headers["cookie"] = value;
		else if (option === "--cookie-jar") continue;
		else if (option === "--user") headers["authorization"] = `Basic ${Buffer.from(value).toString("base64")}`;
		else if (option === "--data") payload = value;
		else if (option === "--data-urlencode") form.push(`${name}=${encodeURIComponent(rest)}`);
		else throw new Error(`The tests do not know curl's ${option}.`);
	}
	if (form.length > 0) {
		payload = form.join("&");
		headers["content-type"] = "application/x-www-form-urlencoded";
	}
	const { pathname, search } = new URL(url);
	const sends = method ?? (payload === undefined ? "GET" : "POST");
	return { method: sends, url: pathname + search, headers, ...(payload !== undefined && { payload }) };
}

function unquote(word: string, variables: Record<string, string>): string {
	if (word.startsWith("'")) return word.slice(1, -1);
	return word.replaceAll('"', "").replaceAll(/\$(\w+)/g, (_, name: string) => {
		const value = variables[name];
		if (value === undefined) throw new Error(`The test has no value for $${name}.`);
		return value;
	});
}

function splitAt(text: string, separator: string): [string, string] {
	const at = text.indexOf(separator);
	return at === -1 ? [text, ""] : [text.slice(0, at), text.slice(at + separator.length)];
}
