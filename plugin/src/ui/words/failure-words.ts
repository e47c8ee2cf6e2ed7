import { Failure } from "../../connect/failures";
import { firstSentence } from "../../text/shown";
import { Words } from "./words";

/** What happened between the plugin and the server at `host`, and what to do. */
export function failureWords(failure: Failure, host: string): Words {
	switch (failure.kind) {
		case "permission-denied":
			return {
				title: "Studio blocked the request",
				text: `Plugins › Manage Plugins › Auxvyn: allow HTTP requests to ${host}, then try again.`,
			};
		case "http-disabled":
			return {
				title: "HTTP requests are off",
				text: "Studio lets nothing out of this place. File › Experience Settings › Security: turn on Allow HTTP Requests, then try again.",
			};
		case "game-server-only":
			return {
				title: "Not from here",
				text: "Studio lets only a game server send requests in this window. Open the place for editing, then try again.",
			};
		case "request-limit":
			return {
				title: "Too many requests",
				text: "Studio sends only so many requests a minute, for all plugins together. Wait a minute, then try again.",
			};
		case "header-refused":
			return {
				title: "Studio refused a header",
				text: "This version of Studio does not send what Auxvyn needs. Update Studio and the plugin, then try again.",
			};
		case "roblox-address":
			return {
				title: "That is a Roblox address",
				text: `Plugins may not speak to ${host}. Open Settings and enter the address of your Auxvyn server.`,
			};
		case "bad-url":
			return {
				title: "Studio refuses this address",
				text: `Studio does not send requests to ${host}. Open Settings and check the address; ports below 1024 work only for 80 and 443.`,
			};
		case "not-found-name":
			return {
				title: "Server not found",
				text: `There is no server named ${host}, or this computer is offline. Check the address in Settings and your connection.`,
			};
		case "not-listening":
			return {
				title: "Server not reachable",
				text: `Nothing answers at ${host}. Check that the server is running, then try again.`,
			};
		case "timed-out":
			return { title: "No answer in time", text: `${host} took too long to answer. Try again in a moment.` };
		case "tls":
			return {
				title: "Connection is not secure",
				text: `${host} did not show a valid certificate, so nothing was sent. Tell whoever runs the server.`,
			};
		case "redirects":
			return {
				title: "Sent in circles",
				text: `${host} sends requests somewhere else. Open Settings and enter the address it leads to.`,
			};
		case "connection-lost":
			return {
				title: "Connection lost",
				text: `The connection to ${host} broke off before an answer came. Try again.`,
			};
		case "studio":
			return { title: "Studio could not send the request", text: failure.message };
		case "overloaded":
			return {
				title: "The server is busy",
				text:
					failure.retryAfterSeconds === undefined
						? `${host} asks to wait a little.`
						: `${host} asks to wait ${math.ceil(failure.retryAfterSeconds)} s.`,
			};
		case "server-error":
			return {
				title: "The server has a problem",
				text: `${host} answered with error ${failure.status}. If it stays, tell whoever runs the server.`,
			};
		case "nonsense":
			return {
				title: "Not an Auxvyn answer",
				text: `${host} answered (${failure.status}), but not as an Auxvyn server does. Check the address in Settings, and whether something stands in between.`,
			};
		case "protocol-unsupported":
			return {
				title: "This plugin is out of date",
				text:
					failure.description ?? `${host} no longer speaks this plugin's language. Install the plugin that it offers.`,
			};
		case "oauth":
			return {
				title: "The server refused",
				text: failure.description ?? `${host} answered “${failure.error}”. Try again.`,
			};
		case "unauthorized":
			return rejectionWords(failure.code, failure.detail);
	}
}

/** Why the server does not take a key. */
export function rejectionWords(code: string, detail?: string): Words {
	if (code === "revoked_key") {
		// What to do about it stands below.
		const text = detail === undefined ? "Game servers with this key are refused." : firstSentence(detail);
		return { title: "This key was revoked", text };
	}
	if (code === "unknown_key") {
		return {
			title: "The server does not know this key",
			text: "It was made on another server, deleted, or never was a key.",
		};
	}
	return { title: "This key is damaged", text: "The key in the Script was changed by hand, or cut off." };
}
