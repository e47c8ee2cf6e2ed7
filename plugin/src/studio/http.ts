import { HttpService } from "@rbxts/services";

export interface HttpRequest {
	url: string;
	method: "GET" | "POST";
	headers: Record<string, string>;
	body?: string;
}

export interface HttpAnswer {
	status: number;
	/** Names are lower-case. */
	headers: Map<string, string>;
	body: string;
}

/** What Studio threw instead of an answer, in its own words. */
export interface HttpThrown {
	thrown: string;
}

export type SendRequest = (request: HttpRequest) => HttpAnswer | HttpThrown;

/** Yields, without an end while Studio asks whether the plugin may speak to this server. */
export const sendRequest: SendRequest = (request) => {
	const [answered, result] = pcall(() =>
		HttpService.RequestAsync({
			Url: request.url,
			Method: request.method,
			Headers: request.headers,
			Body: request.body,
		}),
	);
	if (!answered) return { thrown: tostring(result) };
	const headers = new Map<string, string>();
	for (const [name, value] of pairs(result.Headers)) {
		headers.set(string.lower(name), tostring(value));
	}
	return { status: result.StatusCode, headers, body: result.Body };
};

/** Whether the place's servers may send requests. Plugins may while it is edited, whatever this says. */
export function isHttpEnabled(): boolean {
	return HttpService.HttpEnabled;
}

export function decodeJson(text: string): unknown {
	const [decoded, value] = pcall(() => HttpService.JSONDecode(text));
	return decoded ? value : undefined;
}
