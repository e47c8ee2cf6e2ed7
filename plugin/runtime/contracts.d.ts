// Types shared by the runtime's modules, each of which returns a single frozen table.
export type HeaderValue = string | Secret;
export type HttpHeaders = Record<string, HeaderValue>;
export type Send = (
	method: string,
	url: string,
	body: string | undefined,
	headers: HttpHeaders,
) => RequestAsyncResponse;

export interface Origin {
	// Scheme, host and port, lower case, without a default port.
	text: string;
	secure: boolean;
	loopback: boolean;
}

export interface Target {
	url: string;
	// Whether it is on the Auxvyn server.
	own: boolean;
}

// Why the key is not sent to a target: the rest of a sentence.
export interface RefusedTarget {
	refusal: string;
}

export interface Response {
	Success: boolean;
	StatusCode: number;
	Headers: unknown;
	Body: string;
}

// The result of checking the key.
export interface Verdict {
	kind: "accepted" | "stop" | "later" | "soon";
	// The server's error code, if any.
	code?: string;
	// Seconds, from the Retry-After header.
	retryAfter?: number;
	workspace?: string;
	label?: string;
	// What happened, what it means, and what to do.
	message: string;
}

// The state of the key, for game code and the output.
export interface Status {
	state: "starting" | "connected" | "waiting" | "stopped";
	message: string;
	code?: string;
	workspace?: string;
	key?: string;
}

export interface CheckerOptions {
	send: Send;
	server: string;
	inStudio: boolean;
	readResponse: (response: Response) => Verdict;
	readError: (thrown: string) => Verdict;
	report: (verdict: Verdict) => void;
	// Whether the key was found to be invalid in the meantime.
	isDone: () => boolean;
}
