import type { Whoami } from "../../../shared/wire.ts";
import { isoTime } from "../../clock.ts";
import { problemBody } from "../../errors/problem-body.ts";
import type { ProblemError } from "../../errors/problem-error.ts";
import type { KnownKey } from "./authenticate.store.ts";

/** A response that can be sent many times. */
export interface Answer {
	status: number;
	/** Names and values in turn, as Node writes them fastest. */
	head: string[];
	body: string;
}

const API_HEAD = ["cache-control", "no-store", "x-content-type-options", "nosniff"];

export function whoamiOf(key: KnownKey): Whoami {
	return {
		workspace: { id: key.workspaceId, name: key.workspaceName },
		key: { id: key.id, label: key.label, lastServerAt: isoTime(key.lastServerAt) },
		rotation: key.rotation === null ? null : { state: key.rotation },
	};
}

export function whoamiAnswer(key: KnownKey): Answer {
	return answer(200, ["content-type", "application/json; charset=utf-8"], JSON.stringify(whoamiOf(key)));
}

export function forwardAuthAnswer({ workspaceId, id }: KnownKey): Answer {
	return answer(200, ["x-auxvyn-workspace-id", workspaceId, "x-auxvyn-key-id", id], "");
}

export function problemAnswer(problem: ProblemError): Answer {
	const headers = Object.entries(problem.headers).flatMap(([name, value]) => [name.toLowerCase(), value]);
	const type = ["content-type", "application/problem+json; charset=utf-8"];
	return answer(problem.statusCode, [...headers, ...type], JSON.stringify(problemBody(problem)));
}

function answer(status: number, head: string[], body: string): Answer {
	return { status, head: [...API_HEAD, ...head, "content-length", String(Buffer.byteLength(body))], body };
}
