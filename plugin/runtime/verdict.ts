import type { Answer, Verdict } from "./contracts";

const KEY_LIKE = "[Aa][Uu][Xx][Vv][Yy][Nn]_%x+";
const MOST_BYTES = 300;

type Decode = (text: string) => unknown;

function field(value: unknown, name: string): unknown {
	return typeIs(value, "table") ? (value as Map<string, unknown>).get(name) : undefined;
}

// A text from elsewhere as it may be printed: in one line, short, and without keys, should it quote one.
function printable(text: string): string {
	const [line] = text.gsub("%c+", " ");
	return line.gsub(KEY_LIKE, "auxvyn_…")[0].sub(1, MOST_BYTES);
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

// When and why: what to do about it is said here already.
function firstSentence(text: string): string {
	const [sentence] = text.match("^(.-[%.!?])%s");
	return sentence === undefined ? text : (sentence as string);
}

function refusal(code: string | undefined, detail: string): Verdict {
	if (code === "revoked_key") {
		return {
			kind: "stop",
			code,
			message: `The key of this game was revoked, so this server no longer has access. To mend it, open the place in Studio, click Reconnect in the Auxvyn plugin, publish, and restart the servers.${detail}`,
		};
	}
	if (code === "malformed_key") {
		return {
			kind: "stop",
			code,
			message:
				"The key in the Auxvyn Script is damaged, so this server has no access. To mend it, click Reconnect in the Auxvyn plugin, and publish.",
		};
	}
	if (code === "unknown_key") {
		return {
			kind: "rare",
			code,
			message:
				"The server does not know the key of this game, so this server has no access. It may belong to another server: look at ADDRESS in the Auxvyn Script, or delete that Script, click Connect in the Auxvyn plugin, and publish. Trying again every ten minutes.",
		};
	}
	return {
		kind: "rare",
		message:
			"Something between this game and the Auxvyn server refused the request (401). Tell whoever runs the server. Trying again every ten minutes.",
	};
}

// Sorts an answer to `whoami`, or a 401 to any request that went to the Auxvyn server.
function readAnswer(answer: Answer, decode: Decode): Verdict {
	const body = decode(answer.Body);
	if (answer.StatusCode === 401) {
		const code = textField(body, "code");
		const detail = textField(body, "detail");
		return refusal(code, detail === undefined ? "" : ` The server says: ${firstSentence(detail)}`);
	}
	const workspace = textField(field(body, "workspace"), "name");
	const label = textField(field(body, "key"), "label");
	if (answer.StatusCode === 200 && workspace !== undefined && label !== undefined) {
		return {
			kind: "accepted",
			workspace,
			label,
			message: `Connected: this server uses the key “${label}” of ${workspace}.`,
		};
	}
	if (answer.StatusCode === 429 || answer.StatusCode >= 500) {
		return {
			kind: "soon",
			retryAfter: retryAfter(answer.Headers),
			message: `The Auxvyn server is busy or has a problem (${answer.StatusCode}). Nothing is wrong with this game; trying again.`,
		};
	}
	return {
		kind: "soon",
		message: `Something answered (${answer.StatusCode}), but not as an Auxvyn server does. Check ADDRESS in the Auxvyn Script; trying again.`,
	};
}

// Sorts what HttpService threw.
function readThrown(thrown: string): Verdict {
	if (thrown.lower().find("not enabled", 1, true)[0] !== undefined) {
		return {
			kind: "rare",
			message:
				"HTTP requests are off, so this server cannot reach Auxvyn. In Studio, turn on File › Experience Settings › Security › Allow HTTP Requests, and publish.",
		};
	}
	return { kind: "soon", message: `The Auxvyn server cannot be reached (${printable(thrown)}). Trying again.` };
}

export = table.freeze({ printable, readAnswer, readThrown });
