import type { Response, Verdict } from "./contracts";

const KEY_LIKE = "[Aa][Uu][Xx][Vv][Yy][Nn]_%x+";
const MAX_BYTES = 300;

type Decode = (text: string) => unknown;

function field(value: unknown, name: string): unknown {
	return typeIs(value, "table") ? (value as Map<string, unknown>).get(name) : undefined;
}

// Makes untrusted text safe to print: one line, short, no keys.
function printable(text: string): string {
	const [line] = text.gsub("%c+", " ");
	return line.gsub(KEY_LIKE, "auxvyn_…")[0].sub(1, MAX_BYTES);
}

function textField(value: unknown, name: string): string | undefined {
	const found = field(value, name);
	return typeIs(found, "string") ? printable(found) : undefined;
}

function retryAfter(headers: unknown): number | undefined {
	if (!typeIs(headers, "table")) return undefined;
	for (const [name, value] of pairs(headers as Map<unknown, unknown>)) {
		if (tostring(name).lower() === "retry-after") return tonumber(value);
	}
	return undefined;
}

// When and why. What to do about it is in our own message.
function firstSentence(text: string): string {
	const [sentence] = text.match("^(.-[%.!?])%s");
	return sentence === undefined ? text : (sentence as string);
}

function refusal(code: string | undefined, detail: string): Verdict {
	if (code === "revoked_key") {
		return {
			kind: "stop",
			code,
			message: `This game's key was revoked, so this server no longer has access. To fix it, open the place in Studio, click Reconnect in the Auxvyn plugin, publish, and restart the servers.${detail}`,
		};
	}
	if (code === "malformed_key") {
		return {
			kind: "stop",
			code,
			message:
				"The key in the Auxvyn Script is damaged, so this server has no access. To fix it, click Reconnect in the Auxvyn plugin and publish.",
		};
	}
	if (code === "unknown_key") {
		return {
			kind: "later",
			code,
			message:
				"The Auxvyn server does not know this game's key, so this game server has no access. The key may be from another server: check ADDRESS in the Auxvyn Script, or delete that Script, click Connect in the Auxvyn plugin, and publish. Retrying every ten minutes.",
		};
	}
	return {
		kind: "later",
		message:
			"Something between this game and the Auxvyn server refused the request (401). Tell the Auxvyn server's administrator. Retrying every ten minutes.",
	};
}

// Classifies a response to `whoami`, or a 401 to any request to the Auxvyn server.
function readResponse(response: Response, decode: Decode): Verdict {
	const body = decode(response.Body);
	if (response.StatusCode === 401) {
		const code = textField(body, "code");
		const detail = textField(body, "detail");
		return refusal(code, detail === undefined ? "" : ` The server says: ${firstSentence(detail)}`);
	}
	const workspace = textField(field(body, "workspace"), "name");
	const label = textField(field(body, "key"), "label");
	if (response.StatusCode === 200 && workspace !== undefined && label !== undefined) {
		return {
			kind: "accepted",
			workspace,
			label,
			message: `Connected: this server uses the key “${label}” of ${workspace}.`,
		};
	}
	if (response.StatusCode === 429 || response.StatusCode >= 500) {
		return {
			kind: "soon",
			retryAfter: retryAfter(response.Headers),
			message: `The Auxvyn server is busy or has a problem (${response.StatusCode}). Nothing is wrong with this game; retrying.`,
		};
	}
	return {
		kind: "soon",
		message: `Unexpected response (${response.StatusCode}): not from an Auxvyn server. Check ADDRESS in the Auxvyn Script; retrying.`,
	};
}

// Classifies an error thrown by HttpService.
function readError(thrown: string): Verdict {
	if (thrown.lower().find("not enabled", 1, true)[0] !== undefined) {
		return {
			kind: "later",
			message:
				"HTTP requests are off, so this server cannot reach Auxvyn. In Studio, turn on File › Experience Settings › Security › Allow HTTP Requests, and publish.",
		};
	}
	return { kind: "soon", message: `Cannot reach the Auxvyn server (${printable(thrown)}). Retrying.` };
}

export = table.freeze({ printable, readResponse, readError });
