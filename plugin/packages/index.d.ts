/**
 * How far the old key is that this one replaces. `waiting`: it is revoked by itself once no game server needs it; `asking`:
 * a person has to decide; `done`: it is revoked.
 */
export type Rotation = "waiting" | "asking" | "done";

/** The state of the key. */
export interface Status {
	state: "starting" | "connected" | "waiting" | "stopped";
	/** What happened, what it means and what to do. */
	message: string;
	/** The server's error code. */
	code?: string;
	/** The workspace's name, while connected. */
	workspace?: string;
	/** The key's label, while connected. */
	key?: string;
	/** While connected; absent if no old key is being retired. */
	rotation?: Rotation;
}

export interface Options {
	/** https origins besides the Auxvyn server that may receive the key, such as `https://api.example.com`. */
	apis?: ReadonlyArray<string>;
}

/** HttpService's response, whatever its status. */
export interface Response {
	Success: boolean;
	StatusCode: number;
	StatusMessage: string;
	Headers: Record<string, string>;
	Body: string;
}

/** Sets the key and the server's address, once, and checks the key. Where something is wrong, the output and `status` say so. Does not yield. */
export function start(this: void, key: string | Secret, address: string, options?: Options): void;

/** As `start`, with a secret of the experience. Its domain must be the server's. */
export function startWithSecret(this: void, name: string, address: string, options?: Options): void;

/**
 * Sends a request with the key, to a path of the Auxvyn server that starts with one `/`, or to an https URL whose origin
 * is in `options.apis`. A table as `body` is sent as JSON. Yields, before `start` for up to ten seconds. Errors if nothing
 * was sent, or nothing was answered.
 */
export function request(
	this: void,
	method: string,
	target: string,
	body?: string | object,
	headers?: Readonly<Record<string, string>>,
): Response;

/** The state of the key. */
export function status(this: void): Status;

/** Fires with the new status whenever it changes. */
export const changed: RBXScriptSignal<(status: Status) => void>;
