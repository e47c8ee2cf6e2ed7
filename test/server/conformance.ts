import { Ajv2020 } from "ajv/dist/2020.js";
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from "fastify";
import findMyWay from "find-my-way";

import type { Document, Operation, Response } from "../../server/http/openapi/document.ts";

/** Of the server itself: described once, for every route. */
const ANYWHERE = new Set([405, 500]);

const ID = "openapi";

interface Described {
	path: string;
	methods: Record<string, Operation>;
}

interface Answer {
	isHead: boolean;
	answer: LightMyRequestResponse;
	/** Where the response is described. */
	at: string[];
}

interface Conformance {
	/** @throws Error if `/openapi.json` does not describe the response */
	check(method: string, url: string, response: LightMyRequestResponse): void;
}

/** One for all servers of this process: they have the same routes. */
let conformance: Conformance | undefined;

/** Holds every response that a test's server gives to its description. */
export function holdToDescription(app: FastifyInstance): void {
	const inject = app.inject.bind(app) as (options: InjectOptions | string) => Promise<LightMyRequestResponse>;
	const checked = async (options: InjectOptions | string) => {
		const response = await inject(options);
		conformance ??= createConformance(app.swagger() as unknown as Document);
		const { method = "GET", url = "/" } = typeof options === "string" ? { url: options } : options;
		conformance.check(method.toUpperCase(), urlOf(url), response);
		return response;
	};
	app.inject = checked as FastifyInstance["inject"];
}

function urlOf(url: NonNullable<InjectOptions["url"]>): string {
	return typeof url === "string" ? url : url.pathname;
}

export function createConformance(document: Document): Conformance {
	const ajv = new Ajv2020({ strict: false, validateFormats: false, inlineRefs: false });
	ajv.addSchema(document, ID);
	const paths = findMyWay({ maxParamLength: 10_000 });
	for (const [path, operations] of Object.entries(document.paths)) {
		paths.on("GET", path.replaceAll(/\{(\w+)\}/g, ":$1"), () => {}, { path, methods: operations });
	}

	function check(method: string, url: string, answer: LightMyRequestResponse): void {
		const operations = paths.find("GET", url)?.store as Described | undefined;
		if (operations === undefined || ANYWHERE.has(answer.statusCode)) return;
		const isHead = method === "HEAD";
		const described = operations.methods[isHead ? "get" : method.toLowerCase()];
		// OPTIONS.
		if (described === undefined) return;
		const at = [
			"paths",
			operations.path,
			isHead ? "get" : method.toLowerCase(),
			"responses",
			String(answer.statusCode),
		];
		const flaw = flawIn(described.responses[answer.statusCode], { isHead, answer, at });
		if (flaw !== undefined) throw new Error(`${method} ${url} answered ${answer.statusCode}, ${flaw}: ${answer.body}`);
	}

	function flawIn(described: Response | undefined, { isHead, answer, at }: Answer): string | undefined {
		if (described === undefined) return "which /openapi.json does not describe";
		for (const [name, { required }] of Object.entries(described.headers ?? {})) {
			if (required === true && answer.headers[name.toLowerCase()] === undefined) return `without ${name}`;
		}
		const type = answer.headers["content-type"]?.toString().split(";")[0] ?? "";
		const { content = {} } = described;
		if (isHead) return undefined;
		if (Object.keys(content).length === 0) return answer.rawPayload.length === 0 ? undefined : "with a body";
		const schema = content[type]?.schema;
		if (schema === undefined) return `as ${type}, which /openapi.json does not describe`;
		if (!type.endsWith("json")) return undefined;
		const validate = ajv.getSchema(`${ID}#${[...at, "content", type, "schema"].map(asPointer).join("")}`);
		if (validate === undefined) throw new TypeError(`There is no schema at ${at.join(" ")}.`);
		return validate(answer.json()) ? undefined : `against its schema (${ajv.errorsText(validate.errors)})`;
	}

	return { check };
}

/** A step of a JSON pointer in a URI fragment (RFC 6901 §6). */
function asPointer(name: string): string {
	return `/${encodeURIComponent(name.replaceAll("~", "~0").replaceAll("/", "~1"))}`;
}
