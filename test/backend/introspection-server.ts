import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

import { onTestFinished } from "vitest";

export interface Question {
	request: IncomingMessage;
	response: ServerResponse;
	token: string;
	answer(body: object | string, status?: number): void;
}

export interface IntrospectionServer {
	url: string;
	questions: Question[];
	/** Resolves to the questions once there are so many. */
	asked(count: number): Promise<Question[]>;
}

/** What an Auxvyn server answers about a key of the workspace `ws_1`. */
export const ACTIVE = {
	active: true,
	sub: "ws_1",
	workspace: { id: "ws_1", name: "Rin's workspace" },
	key: { id: "key_1", label: "Production" },
};
export const INACTIVE = { active: false };

/** A server whose answers are the test's, until it ends. `onQuestion`: answers at once. */
export async function introspectionServer(onQuestion?: (question: Question) => void): Promise<IntrospectionServer> {
	const questions: Question[] = [];
	const server = createServer((request, response) => {
		let body = "";
		request.setEncoding("utf8").on("data", (chunk: string) => (body += chunk));
		request.on("end", () => {
			const token = new URLSearchParams(body).get("token") ?? "";
			const answer: Question["answer"] = (content, status = 200) =>
				void response.writeHead(status).end(typeof content === "string" ? content : JSON.stringify(content));
			const question = { request, response, token, answer };
			questions.push(question);
			onQuestion?.(question);
			server.emit("question");
		});
	});
	server.listen(0, "127.0.0.1");
	await once(server, "listening");
	onTestFinished(() => {
		server.close();
		server.closeAllConnections();
	});
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		questions,
		async asked(count) {
			while (questions.length < count) await once(server, "question");
			return questions;
		},
	};
}
