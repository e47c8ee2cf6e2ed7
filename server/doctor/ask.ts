const TIMEOUT_MS = 10_000;
/** The plugin has half a megabyte. What comes after that, unpacked, is not read. */
const MAX_BYTES = 8_000_000;

export interface Reply {
	status: number;
	headers: Headers;
	text: string;
	/** The body, if it is a JSON object. */
	json: Record<string, unknown> | undefined;
}

/** A request that got no response, by the code of its error. */
export class NoReply extends Error {
	readonly code: string;
	constructor(code: string) {
		super(code);
		this.code = code;
	}
}

/** Sends a GET and follows no redirect. @throws NoReply */
export async function ask(url: URL | string, headers: Record<string, string> = {}): Promise<Reply> {
	try {
		const signal = AbortSignal.timeout(TIMEOUT_MS);
		const response = await fetch(url, { headers, redirect: "manual", signal });
		const text = await beginningOf(response);
		return { status: response.status, headers: response.headers, text, json: objectIn(text) };
	} catch (error) {
		throw new NoReply(codeOf(error));
	}
}

async function beginningOf({ body }: Response): Promise<string> {
	const chunks: Uint8Array[] = [];
	let bytes = 0;
	for await (const chunk of (body ?? []) as AsyncIterable<Uint8Array>) {
		chunks.push(chunk);
		bytes += chunk.length;
		if (bytes >= MAX_BYTES) break;
	}
	return Buffer.concat(chunks).toString("utf8", 0, MAX_BYTES);
}

function objectIn(text: string): Record<string, unknown> | undefined {
	try {
		const value: unknown = JSON.parse(text);
		return typeof value === "object" && value !== null ? { ...value } : undefined;
	} catch {
		return undefined;
	}
}

function codeOf(error: unknown): string {
	const { name, cause } = error as { name?: string; cause?: { code?: string; errors?: { code?: string }[] } };
	if (name === "TimeoutError") return "ETIMEDOUT";
	return cause?.code ?? cause?.errors?.[0]?.code ?? "no response";
}
