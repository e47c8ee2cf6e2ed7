// What the modules of the runtime tell each other. Types alone, so that each module can return one frozen table.
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
	// Whether it is the Auxvyn server itself.
	own: boolean;
}

// Why the key does not go to a target, as a part of a sentence.
export interface RefusedTarget {
	refusal: string;
}

export interface Answer {
	Success: boolean;
	StatusCode: number;
	Headers: unknown;
	Body: string;
}

// What came back when the key was checked, and what it means for this server.
export interface Verdict {
	kind: "accepted" | "stop" | "rare" | "soon";
	// The server's own code, where it gave one.
	code?: string;
	// Seconds that the server asked to wait.
	retryAfter?: number;
	workspace?: string;
	label?: string;
	// What happened, what it means, and what to do.
	message: string;
}

// What is known of the key, for game code to ask and for people to read in the output.
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
	read: (answer: Answer) => Verdict;
	readThrown: (thrown: string) => Verdict;
	report: (verdict: Verdict) => void;
	// Whether something else has settled the matter meanwhile.
	isOver: () => boolean;
}
