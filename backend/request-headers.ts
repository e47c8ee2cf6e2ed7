/** The headers of a request: Node's `rawHeaders`, Node's `headers`, or the `Headers` of a Fetch API `Request`. */
export type RequestHeaders =
	| readonly string[]
	| { get(name: string): string | null }
	| Readonly<Record<string, string | readonly string[] | undefined>>;

const NAMES = ["authorization", "x-api-key"];

/** As `rawHeaders`: only these hold every value where a header is repeated. */
export function rawHeadersOf(headers: RequestHeaders): readonly string[] {
	if (isRaw(headers)) return headers;
	if (isFetchHeaders(headers)) return NAMES.flatMap((name) => [name, headers.get(name) ?? ""]);
	return Object.entries(headers).flatMap(([name, value = []]) =>
		(typeof value === "string" ? [value] : value).flatMap((each) => [name, each]),
	);
}

function isRaw(headers: RequestHeaders): headers is readonly string[] {
	return Array.isArray(headers);
}

function isFetchHeaders(headers: RequestHeaders): headers is { get(name: string): string | null } {
	return typeof headers["get" as keyof RequestHeaders] === "function";
}
