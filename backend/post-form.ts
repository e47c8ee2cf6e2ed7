import http from "node:http";
import https from "node:https";

const MAX_SOCKETS = 64;
const MAX_BODY_CHARACTERS = 64 * 1024;

export interface Answer {
	status: number;
	/** Empty if it is too long. */
	body: string;
}

export type PostForm = (fields: Record<string, string>, signal: AbortSignal) => Promise<Answer>;

/**
 * Posts forms to one address, over connections that stay open. Follows no redirect: that would pass on what is sent.
 * A request may go out twice, so it must be one that is safe to repeat.
 */
export function formPoster(url: URL, authorization: string): PostForm {
	const { Agent, request } = url.protocol === "https:" ? https : http;
	const agent = new Agent({ keepAlive: true, maxSockets: MAX_SOCKETS });

	const post = (body: string, signal: AbortSignal, reuse: boolean): Promise<Answer> =>
		new Promise((resolve, reject) => {
			const headers = {
				authorization,
				"content-type": "application/x-www-form-urlencoded",
				"content-length": Buffer.byteLength(body),
				accept: "application/json",
			};
			// Without an agent of its own, it gets a new connection.
			const sent = request(url, { method: "POST", headers, signal, agent: reuse ? agent : false });
			sent.on("response", (response) => {
				const { statusCode: status = 0 } = response;
				let text = "";
				response.setEncoding("utf8").on("data", (chunk: string) => {
					text += chunk;
					if (text.length <= MAX_BODY_CHARACTERS) return;
					resolve({ status, body: "" });
					response.destroy();
				});
				response.on("end", () => resolve({ status, body: text }));
				response.on("error", reject);
			});
			sent.on("error", (error) => {
				// The server had closed the connection while it was idle.
				if (sent.reusedSocket && isReset(error) && !signal.aborted) resolve(post(body, signal, false));
				else reject(error);
			});
			sent.end(body);
		});

	return (fields, signal) => post(new URLSearchParams(fields).toString(), signal, true);
}

function isReset(error: NodeJS.ErrnoException): boolean {
	return error.code === "ECONNRESET" || error.code === "EPIPE";
}
