import { HttpService } from "@rbxts/services";

export interface HttpRequest {
	url: string;
	method: "GET" | "POST";
	headers: Record<string, string>;
	body?: string;
}

export interface HttpResponse {
	status: number;
	/** By lower-case name. */
	headers: Map<string, string>;
	body: string;
}

/** The error Studio threw instead of returning a response. */
export interface HttpThrown {
	thrown: string;
}

export type SendRequest = (request: HttpRequest) => HttpResponse | HttpThrown;

/** Yields, and without a timeout while Studio asks the user for permission. */
export const sendRequest: SendRequest = (request) => {
	const [ok, result] = pcall(() =>
		HttpService.RequestAsync({
			Url: request.url,
			Method: request.method,
			Headers: request.headers,
			Body: request.body,
		}),
	);
	if (!ok) return { thrown: tostring(result) };
	const headers = new Map<string, string>();
	for (const [name, value] of pairs(result.Headers)) {
		headers.set(string.lower(name), tostring(value));
	}
	return { status: result.StatusCode, headers, body: result.Body };
};

/** Whether the place's game servers may send requests. Does not restrict plugins in edit mode. */
export function isHttpEnabled(): boolean {
	return HttpService.HttpEnabled;
}

/** Calls `callback` when that changes. Returns a function that stops it. */
export function watchHttpEnabled(callback: () => void): () => void {
	const changed = HttpService.GetPropertyChangedSignal("HttpEnabled").Connect(callback);
	return () => changed.Disconnect();
}

export function decodeJson(text: string): unknown {
	const [decoded, value] = pcall(() => HttpService.JSONDecode(text));
	return decoded ? value : undefined;
}
