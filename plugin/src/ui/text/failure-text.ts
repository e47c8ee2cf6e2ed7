import { Failure } from "../../connect/failures";
import { firstSentence } from "../../text/display-text";
import { Message } from "./message";

/** Why a request to the server at `host` failed, and what to do. */
export function failureText(failure: Failure, host: string): Message {
	switch (failure.kind) {
		case "permission-denied":
			return {
				title: "Studio blocked the request",
				text: `Allow HTTP requests to ${host} under Plugins › Manage Plugins › Auxvyn, then try again.`,
			};
		case "http-disabled":
			return {
				title: "HTTP requests are off",
				text: "Studio sends no requests from this place. Turn on File › Experience Settings › Security › Allow HTTP Requests, then try again.",
			};
		case "no-network":
			return {
				title: "The plugin may not send requests",
				text: "Studio runs this code without the capability Network. Install the plugin again, from your dashboard.",
			};
		case "game-server-only":
			return {
				title: "Requests are not allowed here",
				text: "In this window only a game server can send requests. Open the place for editing, then try again.",
			};
		case "request-limit":
			return {
				title: "Too many requests",
				text: "Studio limits the requests per minute of all plugins together. Wait a minute, then try again.",
			};
		case "too-many-open":
			return {
				title: "Too many requests at once",
				text: "Studio has too many requests open, of all plugins together. Wait a moment, then try again.",
			};
		case "header-refused":
			return {
				title: "Studio refused a header",
				text: "This version of Studio does not send a header that Auxvyn needs. Update Studio and the plugin, then try again.",
			};
		case "roblox-address":
			return {
				title: "This is a Roblox address",
				text: `Plugins cannot send requests to ${host}. Open Settings and enter the address of your Auxvyn server.`,
			};
		case "bad-url":
			return {
				title: "Studio refuses this address",
				text: `Studio does not send requests to ${host}. Check the address in Settings: below 1024, only ports 80 and 443 work.`,
			};
		case "name-not-resolved":
			return {
				title: "Server not found",
				text: `There is no server named ${host}, or this computer is offline. Check the address in Settings and your connection.`,
			};
		case "connection-refused":
			return {
				title: "Server not reachable",
				text: `Nothing responds at ${host}. Check that the server is running, then try again.`,
			};
		case "timed-out":
			return { title: "The request timed out", text: `${host} took too long to respond. Try again in a moment.` };
		case "tls":
			return {
				title: "Connection is not secure",
				text: `${host} has no valid certificate, so nothing was sent. Tell the server's administrator.`,
			};
		case "redirects":
			return {
				title: "Too many redirects",
				text: `${host} redirects requests elsewhere. Open Settings and enter the address they end up at.`,
			};
		case "connection-lost":
			return {
				title: "Connection lost",
				text: `The connection to ${host} was lost before it responded. Try again.`,
			};
		case "studio":
			return { title: "Studio could not send the request", text: failure.message };
		case "overloaded":
			return {
				title: "The server is busy",
				text:
					failure.retryAfterSeconds === undefined
						? `${host} asks you to wait a moment.`
						: `${host} asks you to wait ${math.ceil(failure.retryAfterSeconds)} s.`,
			};
		case "server-error":
			return {
				title: "The server has a problem",
				text: `${host} responded with error ${failure.status}. If this persists, tell the server's administrator.`,
			};
		case "invalid-response":
			return {
				title: "Unexpected response",
				text: `${host} responded (${failure.status}), but not like an Auxvyn server. Check the address in Settings, and any proxy in between.`,
			};
		case "protocol-unsupported":
			return {
				title: "This plugin is out of date",
				text: failure.description ?? `${host} no longer supports this plugin. Install the one it offers.`,
			};
		case "oauth":
			return {
				title: "The server refused the request",
				text: failure.description ?? `${host} responded “${failure.error}”. Try again.`,
			};
		case "unauthorized":
			return rejectionText(failure.code, failure.detail);
	}
}

/** Why the server rejected a key. */
export function rejectionText(code: string, detail?: string): Message {
	if (code === "revoked_key") {
		// The next step is shown separately.
		const text = detail === undefined ? "Game servers using this key are refused." : firstSentence(detail);
		return { title: "This key was revoked", text };
	}
	if (code === "unknown_key") {
		return {
			title: "The server does not know this key",
			text: "It was created on another server, or never was a key.",
		};
	}
	return { title: "This key is damaged", text: "The key in the Script was edited or cut off." };
}
