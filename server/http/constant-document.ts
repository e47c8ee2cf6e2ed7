import { hash } from "node:crypto";
import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";

import type { FastifyReply, FastifyRequest } from "fastify";

/** A response that is the same for everybody, made once. */
export interface ConstantDocument {
	content: Buffer;
	headers: Record<string, string>;
	etag: string;
	/** The content compressed by Brotli. */
	brotli: Buffer | undefined;
}

/** Nearly as small as the best, in a tenth of the time. */
const QUALITY = 5;

export interface DocumentOptions {
	type: string;
	/** Default: `no-cache`, by which browsers keep it and ask whether it has changed. */
	cacheControl?: string;
	headers?: Record<string, string>;
	brotli?: Buffer | undefined;
}

const compress = promisify(brotliCompress);

/** One that is compressed now. */
export async function compressedDocument(content: string | Buffer, options: Omit<DocumentOptions, "brotli">) {
	const bytes = Buffer.from(content);
	const params = { [constants.BROTLI_PARAM_QUALITY]: QUALITY };
	return constantDocument(bytes, { ...options, brotli: await compress(bytes, { params }) });
}

export function constantDocument(content: string | Buffer, options: DocumentOptions): ConstantDocument {
	const { type, cacheControl = "no-cache", brotli } = options;
	const vary = brotli === undefined ? {} : { Vary: "Accept-Encoding" };
	return {
		content: Buffer.from(content),
		headers: { "Content-Type": type, "Cache-Control": cacheControl, ...vary, ...options.headers },
		etag: hash("sha256", content, "base64url"),
		brotli,
	};
}

/** The responses of a route that sends one, for its schema. Without a `schema` of its own, the content is bytes. */
export function documentResponses(type: string, options: { schema?: object; headers?: object } = {}) {
	const { schema = { type: "string", contentMediaType: type }, headers = {} } = options;
	const etag = { type: "string", description: "For If-None-Match" };
	return {
		200: { description: "The document", headers: { ETag: etag, ...headers }, content: { [type]: { schema } } },
		304: { description: "The client's copy is current", type: "null", headers: { ETag: etag } },
	};
}

/** Sends it, compressed if the client takes that, or 304 if the client has it. */
export function sendDocument(request: FastifyRequest, reply: FastifyReply, document: ConstantDocument): FastifyReply {
	const { content, headers, brotli } = document;
	const compressed = takesBrotli(request) ? brotli : undefined;
	const etag = compressed === undefined ? `"${document.etag}"` : `"${document.etag}.br"`;
	reply.headers({ ...headers, ETag: etag });
	if (matches(request.headers["if-none-match"], etag)) return reply.code(304).removeHeader("Content-Type").send();
	if (compressed !== undefined) reply.header("Content-Encoding", "br");
	return reply.send(compressed ?? content);
}

const BROTLI = /(^|[,\s])br\s*(;\s*q=(?!0(\.0*)?\s*(,|$))[\d.]+\s*)?(,|$)/i;

function takesBrotli({ headers }: FastifyRequest): boolean {
	return BROTLI.test(headers["accept-encoding"]?.toString() ?? "");
}

function matches(header: string | undefined, etag: string): boolean {
	if (header === undefined) return false;
	return header.split(",").some((each) => ["*", etag, `W/${etag}`].includes(each.trim()));
}
